import { TestBed } from '@angular/core/testing';
import { TranslocoService } from '@jsverse/transloco';
import texts from '../../../public/i18n/workflows/zh-Hans.json';
import { provideTexts } from '../../testing/texts';
import { assigneeWords } from './assignee-words';

describe('assignee in words', () => {
  it.each([
    ['Role assessor @Subject', '试点地区的评估专家'],
    ['Role coordinator @ Issuer', '发文地区的经办人'],
    ['Expression signer', '由变量决定 signer'],
    ['something else', 'something else'],
  ])('%s', (text, words) => {
    TestBed.configureTestingModule({ providers: [provideTexts()] });
    const transloco = TestBed.inject(TranslocoService);
    transloco.setTranslation({ workflows: texts }, 'zh-Hans');
    expect(assigneeWords(text, transloco)).toBe(words);
  });
});
