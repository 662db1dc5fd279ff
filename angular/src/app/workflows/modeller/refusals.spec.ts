import { TestBed } from '@angular/core/testing';
import { TranslocoService } from '@jsverse/transloco';
import texts from '../../../../public/i18n/workflows/zh-Hans.json';
import { provideTexts } from '../../../testing/texts';
import { SAMPLE_FLOW } from '../flow/sample-flow.testing';
import { readBpmn } from '../flow/bpmn-document';
import { findingsOf } from '../models';
import { refusedElements } from './refusals';

describe('refusals', () => {
  function told(xml: string, elementId: string, elementType: string, reason: string) {
    TestBed.configureTestingModule({ providers: [provideTexts()] });
    const transloco = TestBed.inject(TranslocoService);
    transloco.setTranslation({ workflows: texts }, 'zh-Hans');
    const findings = findingsOf({ refusals: [{ elementId, elementType, reason, line: 12 }], findings: [] });
    return refusedElements(findings, xml, transloco);
  }

  it('names the element as it is named in the file, what it is and why it is refused', () => {
    const named = [...readBpmn(SAMPLE_FLOW).elements.values()].find((element) => element.name);
    expect(
      told(SAMPLE_FLOW, named?.id ?? '', 'signalEventDefinition', 'unsupported-event-definition'),
    ).toEqual([{ name: named?.name, text: '信号事件：平台在此处不支持这种事件（文件第 12 行）。' }]);
  });

  it('speaks of the file where it cannot be read at all', () => {
    expect(told('<a', '-', 'document', 'not-xml')).toEqual([
      { name: '', text: '文件不是完整的 XML，无法读取（第 12 行）。' },
    ]);
  });

  it('leaves what it has no word for as it is', () => {
    expect(told(SAMPLE_FLOW, 'X1', 'humanPerformer', 'something-new')).toEqual([
      { name: 'X1', text: 'humanPerformer：something-new（文件第 12 行）。' },
    ]);
  });
});
