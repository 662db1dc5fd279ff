import { readBpmn } from './flow/bpmn-document';
import { SAMPLE_FLOW } from './flow/sample-flow.testing';
import { waysOn } from './skip-dialog';

describe('ways on from a step that is stuck', () => {
  const document = readBpmn(SAMPLE_FLOW);

  it('are its flows, by name and target', () => {
    expect(waysOn(document, 'ok')).toEqual([
      { flowId: 'f3', text: '通过 → 归档' },
      { flowId: 'f4', text: '补正' },
    ]);
  });

  it('are none after an end', () => {
    expect(waysOn(document, 'end')).toEqual([]);
  });
});
