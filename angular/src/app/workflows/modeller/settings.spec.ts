import { BpmnModdle } from 'bpmn-moddle';
import { SAMPLE_FLOW } from '../flow/sample-flow.testing';
import { readSimpleCondition, writeSimpleCondition } from './conditions';
import { DiagramElement, Moddle, ModdleElement, Modeling } from './diagram';
import { readDuration, writeDuration } from './durations';
import { PILOT_MODDLE } from './pilot-moddle';
import {
  readAssignee,
  readCondition,
  readDue,
  readErrorCode,
  readForm,
  readLoop,
  readMessage,
  readNotice,
  readService,
  readTimer,
  readVariables,
} from './settings';
import { SettingsWriter } from './settings-writer';
import { completionOf, signingOf } from './signing';

interface Reader extends Moddle {
  fromXML(xml: string): Promise<{ rootElement: ModdleElement; elementsById: Record<string, ModdleElement> }>;
  toXML(element: ModdleElement, options: object): Promise<{ xml: string }>;
}

/** Commands without a canvas: the model alone changes. */
const modeling = {
  updateProperties: (element: DiagramElement, properties: object) => {
    Object.assign(element.businessObject, properties);
  },
  updateModdleProperties: (_: DiagramElement, target: ModdleElement, properties: object) => {
    for (const [name, value] of Object.entries(properties)) {
      (target as unknown as { set(name: string, value: unknown): void }).set(name, value);
    }
  },
} as unknown as Modeling;

async function open() {
  const moddle = new BpmnModdle({ pilot: PILOT_MODDLE }) as unknown as Reader;
  const { rootElement, elementsById } = await moddle.fromXML(SAMPLE_FLOW);
  const writer = new SettingsWriter(moddle, modeling, () => rootElement);
  const at = (id: string) => elementsById[id] as ModdleElement;
  const shape = (id: string) => ({ businessObject: at(id), type: at(id).$type }) as DiagramElement;
  const again = async () => {
    const { xml } = await moddle.toXML(rootElement, { format: true });
    const { elementsById: read } = await moddle.fromXML(xml);
    return { xml, at: (id: string) => read[id] as ModdleElement };
  };
  return { at, shape, writer, again };
}

describe('settings of a model', () => {
  it('reads what the vocabulary says', async () => {
    const { at } = await open();
    expect(readVariables(at('submission'))).toEqual([{ name: 'decision', type: 'Text', label: '审核意见' }]);
    expect(readAssignee(at('check'))).toEqual({
      kind: 'Role',
      value: 'coordinator',
      region: 'Issuer',
      notWhoDid: ['sign'],
    });
    expect(readForm(at('check')).batch).toBe(true);
    expect(readForm(at('check')).fields[0]?.options).toHaveLength(2);
    expect(readDue(at('check'))).toEqual({ value: 'P5D', working: true });
    expect(readTimer(at('late'))).toEqual({ kind: 'Duration', text: 'P5D', working: true });
    expect(readCondition(at('f3'))).toBe('decision == "accept"');
    expect(readLoop(at('sign'))).toMatchObject({ collection: 'signers', itemVariable: 'signer' });
  });

  it('writes settings that are read back the same from XML', async () => {
    const { shape, writer, again, at } = await open();
    const rule = { kind: 'SameAs', value: 'check', region: 'Subject', notWhoDid: [] } as const;
    const loop = {
      sequential: true,
      cardinality: '',
      collection: 'signers',
      itemVariable: 'signer',
      completion: 'countOf(votes, "no") >= 1',
      outputCollection: 'votes',
      outputItem: 'vote',
    };
    writer.assignee(shape('sign'), rule);
    writer.loop(shape('sign'), loop);
    writer.form(shape('check'), {
      batch: false,
      fields: [{ name: 'note', label: '说明', kind: 'LongText', required: true, options: [] }],
    });
    writer.due(shape('check'), null);
    writer.timer(shape('late'), { kind: 'Date', text: '=dueOn', working: true });
    writer.condition(shape('f4'), 'decision = "return"');
    writer.notice(shape('tell'), '请尽快审核 {title}');
    writer.variables(shape('submission'), at('submission'), [{ name: 'votes', type: 'List', label: '' }]);
    const { xml, at: read } = await again();
    expect(readAssignee(read('sign'))).toEqual(rule);
    expect(readLoop(read('sign'))).toEqual(loop);
    expect(readForm(read('check'))).toMatchObject({
      batch: false,
      fields: [{ kind: 'LongText', required: true }],
    });
    expect(readDue(read('check'))).toBeNull();
    expect(readAssignee(read('check'))?.value).toBe('coordinator');
    // A date has no working days.
    expect(readTimer(read('late'))).toEqual({ kind: 'Date', text: '=dueOn', working: false });
    expect(readCondition(read('f4'))).toBe('decision = "return"');
    expect(readNotice(read('tell'))).toBe('请尽快审核 {title}');
    expect(readVariables(read('submission'))).toEqual([{ name: 'votes', type: 'List', label: '' }]);
    expect(xml).toContain('<pilot:notWhoDid step="sign" />');
    expect(xml).toContain('<pilot:assignee kind="SameAs" value="check"');
  });

  it('keeps the options of a field that takes several, and of no other kind', async () => {
    const { shape, writer, again } = await open();
    const options = [
      { value: 'whole', label: '材料齐全' },
      { value: 'secret', label: '不涉密' },
    ];
    const failed = { name: 'failed', label: '不合格项', kind: 'Choices', required: true, options } as const;
    writer.form(shape('check'), {
      batch: true,
      fields: [failed, { ...failed, name: 'note', kind: 'Text', required: false }],
    });
    const { xml, at } = await again();
    expect(xml).toContain('<pilot:field name="failed" label="不合格项" kind="Choices" required="true">');
    expect(readForm(at('check'))).toEqual({
      batch: true,
      fields: [failed, { ...failed, name: 'note', kind: 'Text', required: false, options: [] }],
    });
  });

  it('shares a message of the same name, and takes a reference away', async () => {
    const { shape, writer, at } = await open();
    const moddle = new BpmnModdle({ pilot: PILOT_MODDLE }) as unknown as Reader;
    const definition = moddle.create('bpmn:MessageEventDefinition', {});
    (at('start').get('eventDefinitions') as ModdleElement[]).push(definition);
    writer.message(shape('start'), 'pilots.submitted');
    expect(readMessage(at('start'))).toBe('pilots.submitted');
    writer.message(shape('start'), 'pilots.submitted');
    const roots = () =>
      (at('submission').$parent?.get('rootElements') as ModdleElement[]).map((root) => root.$type);
    expect(roots().filter((type) => type === 'bpmn:Message')).toHaveLength(1);
    writer.message(shape('start'), '');
    expect(readMessage(at('start'))).toBe('');
    expect(readErrorCode(at('start'))).toBe('');
  });

  it('has defaults for a service task', async () => {
    const { at } = await open();
    expect(readService(at('tell'))).toEqual({
      handler: '',
      actsFor: 'Subject',
      attempts: 3,
      firstWait: 'PT10S',
    });
  });
});

describe('ways of signing', () => {
  const loop = {
    sequential: false,
    cardinality: '',
    collection: 'signers',
    itemVariable: 'signer',
    completion: '',
    outputCollection: 'votes',
    outputItem: 'vote',
  };

  it.each([
    { mode: 'any', percent: 0, answer: '' },
    { mode: 'share', percent: 60, answer: 'agree' },
    { mode: 'veto', percent: 0, answer: 'reject' },
  ] as const)('recognises what it wrote: $mode', (signing) => {
    const completion = completionOf(signing, loop);
    expect(completion).not.toBe('');
    expect(signingOf({ ...loop, completion })).toEqual(signing);
  });

  it('leaves a condition of one’s own alone', () => {
    const own = { ...loop, completion: 'nrOfCompletedInstances >= 2 and score > 3' };
    expect(signingOf(own).mode).toBe('custom');
    expect(completionOf(signingOf(own), own)).toBe(own.completion);
    // Votes counted in another list are not the usual way.
    expect(signingOf({ ...loop, completion: 'countOf(others, "no") >= 1' }).mode).toBe('custom');
  });
});

describe('durations and conditions', () => {
  it.each([
    ['P5D', true, { amount: 5, unit: 'workingDays' }],
    ['P5D', false, { amount: 5, unit: 'days' }],
    ['PT2H', false, { amount: 2, unit: 'hours' }],
    ['P3M', false, { amount: 3, unit: 'months' }],
    ['PT3M', false, { amount: 3, unit: 'minutes' }],
    ['P1W', true, null],
    ['P1DT2H', false, null],
    ['=dueOn', false, null],
  ] as const)('%s, working days %s', (text, working, expected) => {
    const read = readDuration(text, working);
    expect(read).toEqual(expected);
    if (read) {
      expect(writeDuration(read)).toEqual({ text, working });
    }
  });

  it('reads and writes one comparison; anything else stays text', () => {
    expect(readSimpleCondition('decision == "accept"')).toEqual({
      variable: 'decision',
      comparison: '=',
      value: 'accept',
    });
    expect(readSimpleCondition('score >= 60.5')?.value).toBe('60.5');
    expect(readSimpleCondition('a = 1 and b = 2')).toBeNull();
    expect(writeSimpleCondition({ variable: 'score', comparison: '>=', value: '60' }, 'Number')).toBe(
      'score >= 60',
    );
    expect(writeSimpleCondition({ variable: 'code', comparison: '=', value: '60' }, 'Text')).toBe(
      'code = "60"',
    );
    expect(writeSimpleCondition({ variable: 'x', comparison: '=', value: 'a"b' }, 'Text')).toBe('x = "ab"');
  });

  it.each([
    ['has', 'failed != null and contains(failed, "whole")'],
    ['lacks', 'failed = null or not contains(failed, "whole")'],
  ] as const)('asks of a list whether it %s a value, once it is there', (comparison, text) => {
    const condition = { variable: 'failed', comparison, value: 'whole' };
    expect(writeSimpleCondition(condition, 'List')).toBe(text);
    expect(readSimpleCondition(` ${text}`)).toEqual(condition);
    // Of two variables it is no simple condition any more.
    expect(readSimpleCondition(text.replace('contains(failed', 'contains(other'))).toBeNull();
  });
});
