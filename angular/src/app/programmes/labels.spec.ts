import { describe, expect, it } from 'vitest';
import { fileNameOf } from './labels';

describe('labels', () => {
  it('reads the name of a download from its header', () => {
    expect(fileNameOf("attachment; filename=x.docx; filename*=UTF-8''%E5%88%86%E5%B7%A5%E8%A1%A8.docx")).toBe(
      '分工表.docx',
    );
    expect(fileNameOf('attachment; filename=x.docx')).toBeNull();
    expect(fileNameOf(null)).toBeNull();
  });
});
