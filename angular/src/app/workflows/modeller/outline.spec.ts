import { SAMPLE_FLOW } from '../flow/sample-flow.testing';
import { readOptions } from './form-editor';
import { outlineOf } from './outline';

describe('outline of a model', () => {
  const lines = outlineOf(SAMPLE_FLOW, (type) => `<${type}>`).split('\n');

  it('has one line a step and setting, in reading order', () => {
    expect(lines[0]).toBe('成果报送');
    expect(lines).toContain('<userTask> 形式审查');
    const at = lines.indexOf('<userTask> 形式审查');
    expect(lines.slice(at + 1, at + 3)).toEqual(['  assignee Role coordinator Issuer', '  notWhoDid sign']);
    expect(lines).toContain('  option accept 通过');
    expect(lines).toContain('  → 归档 通过 decision == "accept"');
  });

  it('differs when a setting differs', () => {
    const other = outlineOf(SAMPLE_FLOW.replace('value="P5D"', 'value="P3D"'), (type) => `<${type}>`).split(
      '\n',
    );
    expect(other.filter((line) => !lines.includes(line))).toEqual(['  due P3D working']);
  });
});

describe('options of a choice', () => {
  it('are read line by line, with either equals sign or none', () => {
    expect(readOptions('accept=通过\n\n return＝退回 \n待定')).toEqual([
      { value: 'accept', label: '通过' },
      { value: 'return', label: '退回' },
      { value: '待定', label: '待定' },
    ]);
  });
});
