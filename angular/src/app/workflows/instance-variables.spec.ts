import { SAMPLE_FLOW } from './flow/sample-flow.testing';
import { readValue, variablesOf } from './instance-variables';

describe('variables of a running flow', () => {
  it('are those that the model declares, with what they hold', () => {
    expect(variablesOf({ xml: SAMPLE_FLOW, variables: { decision: 'accept', other: 1 } })).toEqual([
      { name: 'decision', label: '审核意见', type: 'Text', value: 'accept' },
    ]);
    expect(variablesOf({ xml: SAMPLE_FLOW, variables: {} })[0]?.value).toBe('');
  });

  it.each([
    ['60.5', 'Number', 60.5],
    ['60分', 'Number', undefined],
    ['true', 'Boolean', true],
    ['yes', 'Boolean', undefined],
    ['2026-03-31', 'Date', '2026-03-31'],
    ['31.3.2026', 'Date', undefined],
    ['2026-03-31T08:00:00Z', 'DateTime', '2026-03-31T08:00:00Z'],
    ['["a"]', 'List', ['a']],
    ['a', 'List', undefined],
    ['{}', 'List', undefined],
    ['  ', 'Number', null],
  ] as const)('%s as %s', (text, type, expected) => {
    expect(readValue(text, type)).toEqual(expected);
  });
});
