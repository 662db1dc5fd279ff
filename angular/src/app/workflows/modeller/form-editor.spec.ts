import { TestBed } from '@angular/core/testing';
import { TranslocoService } from '@jsverse/transloco';
import texts from '../../../../public/i18n/workflows/zh-Hans.json';
import { provideTexts } from '../../../testing/texts';
import { ConditionEditor, ConditionVariable } from './condition-editor';
import { FormEditor } from './form-editor';
import { LoopEditor } from './loop-editor';
import { FieldSettings, FormSettings, LoopSettings } from './settings';

const OPTIONS = [
  { value: 'whole', label: '材料齐全' },
  { value: 'secret', label: '不涉密' },
];
const FAILED: FieldSettings = {
  name: 'failed',
  label: '不合格项',
  kind: 'Choices',
  required: false,
  options: OPTIONS,
};
const DECISION: FieldSettings = { ...FAILED, name: 'decision', label: '意见', kind: 'Choice' };

function prepare() {
  TestBed.configureTestingModule({ providers: [provideTexts()] });
  TestBed.inject(TranslocoService).setTranslation({ workflows: texts }, 'zh-Hans');
}

const choose = (select: HTMLSelectElement | null | undefined, value: string) => {
  if (select) {
    select.value = value;
    select.dispatchEvent(new Event('change'));
  }
};

/** The control of a label, as one finds it by keyboard and by ear. */
function labelled<T extends HTMLElement>(root: HTMLElement, label: string): T | undefined {
  const found = [...root.querySelectorAll('label')].find(({ textContent }) => textContent.trim() === label);
  return (found?.control as T | null | undefined) ?? undefined;
}

describe('form editor', () => {
  async function show(field: FieldSettings) {
    prepare();
    const fixture = TestBed.createComponent(FormEditor);
    const form = (next: FormSettings) => {
      fixture.componentRef.setInput('form', next);
    };
    form({ batch: false, fields: [field] });
    const changes: FormSettings[] = [];
    fixture.componentInstance.changed.subscribe((next) => {
      changes.push(next);
      form(next);
    });
    document.body.append(fixture.nativeElement as HTMLElement);
    await fixture.whenStable();
    return { fixture, root: fixture.nativeElement as HTMLElement, changes };
  }

  it('offers a field that takes several options, and keeps the options when one becomes several', async () => {
    const { fixture, root, changes } = await show(DECISION);
    expect(root.querySelector('summary')?.textContent).toContain('单选');
    choose(labelled<HTMLSelectElement>(root, '类型'), 'Choices');
    await fixture.whenStable();
    expect(changes.at(-1)?.fields).toEqual([{ ...DECISION, kind: 'Choices' }]);
    expect(root.querySelector('summary')?.textContent).toContain('多选');
    expect(labelled<HTMLTextAreaElement>(root, '选项')?.value).toBe('whole=材料齐全\nsecret=不涉密');
  });

  it('takes the options of such a field line by line, and asks a text for none', async () => {
    const { fixture, root, changes } = await show(FAILED);
    const lines = labelled<HTMLTextAreaElement>(root, '选项');
    if (lines) {
      lines.value = 'whole=材料齐全\nlegible=内容清晰';
      lines.dispatchEvent(new Event('change'));
    }
    await fixture.whenStable();
    expect(changes.at(-1)?.fields[0]?.options.map((option) => option.value)).toEqual(['whole', 'legible']);
    choose(labelled<HTMLSelectElement>(root, '类型'), 'Text');
    await fixture.whenStable();
    expect(labelled(root, '选项')).toBeUndefined();
  });
});

describe('condition on a field that takes several options', () => {
  async function show(condition: string) {
    prepare();
    const fixture = TestBed.createComponent(ConditionEditor);
    const variables: ConditionVariable[] = [
      { name: 'failed', label: '不合格项', type: 'List', options: OPTIONS },
      { name: 'score', label: '得分', type: 'Number', options: [] },
    ];
    fixture.componentRef.setInput('variables', variables);
    fixture.componentRef.setInput('condition', condition);
    const changes: string[] = [];
    fixture.componentInstance.changed.subscribe((next) => {
      changes.push(next);
      fixture.componentRef.setInput('condition', next);
    });
    await fixture.whenStable();
    return { fixture, root: fixture.nativeElement as HTMLElement, changes };
  }

  const relations = (root: HTMLElement) =>
    [...(labelled<HTMLSelectElement>(root, '关系')?.options ?? [])].map((option) =>
      option.textContent.trim(),
    );

  it('asks what the list contains, by choosing', async () => {
    const { fixture, root, changes } = await show('');
    choose(labelled<HTMLSelectElement>(root, '根据'), 'failed');
    await fixture.whenStable();
    expect(changes.at(-1)).toBe('failed != null and contains(failed, "whole")');
    expect(relations(root)).toEqual(['包含', '不包含']);
    choose(labelled<HTMLSelectElement>(root, '关系'), 'lacks');
    await fixture.whenStable();
    choose(labelled<HTMLSelectElement>(root, '值'), 'secret');
    await fixture.whenStable();
    expect(changes.at(-1)).toBe('failed = null or not contains(failed, "secret")');
  });

  it('shows a comparison that a list cannot have as it stands, and asks a number as before', async () => {
    const { fixture, root, changes } = await show('failed = "whole"');
    expect(relations(root)).toEqual(['包含', '不包含', '等于']);
    choose(labelled<HTMLSelectElement>(root, '根据'), 'score');
    await fixture.whenStable();
    expect(changes.at(-1)).toBe('score = 0');
    expect(relations(root)).toHaveLength(6);
  });
});

describe('votes of several people', () => {
  const loop: LoopSettings = {
    sequential: false,
    cardinality: '',
    collection: 'signers',
    itemVariable: 'signer',
    completion: '',
    outputCollection: 'votes',
    outputItem: 'decision',
  };

  it('are one answer each: a field of several options is not offered', async () => {
    prepare();
    const fixture = TestBed.createComponent(LoopEditor);
    fixture.componentRef.setInput('loop', loop);
    fixture.componentRef.setInput('fields', [FAILED, DECISION]);
    fixture.componentRef.setInput('lists', ['signers', 'votes']);
    await fixture.whenStable();
    const root = fixture.nativeElement as HTMLElement;
    const offered = [...root.querySelectorAll('option')].map((option) => option.textContent.trim());
    expect(offered).toContain('意见');
    expect(offered).not.toContain('不合格项');
  });
});
