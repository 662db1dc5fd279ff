import { BpmnModdle } from 'bpmn-moddle';
import { SAMPLE_FLOW } from '../flow/sample-flow.testing';
import { Moddle, ModdleElement } from './diagram';
import { FlowEditor, FlowRow, NodeRow } from './flow-editor';
import { localFindings, structureFindings } from './local-checks';
import { PILOT_MODDLE } from './pilot-moddle';

const node = (id: string, type: string, rest: Partial<NodeRow> = {}): NodeRow => ({
  id,
  name: id,
  type,
  event: 'none',
  loop: null,
  interrupting: true,
  parentId: 'process',
  hostId: null,
  ...rest,
});

const flow = (sourceId: string, targetId: string, rest: Partial<FlowRow> = {}): FlowRow => ({
  id: `${sourceId}-${targetId}`,
  name: '',
  sourceId,
  targetId,
  condition: '',
  isDefault: false,
  ...rest,
});

const codes = (nodes: readonly NodeRow[], flows: readonly FlowRow[]) =>
  structureFindings(nodes, flows).map((finding) => `${finding.code} ${finding.elementId ?? ''}`.trim());

describe('instant checks', () => {
  it('says nothing about a sound flow, boundary events included', () => {
    expect(
      codes(
        [
          node('start', 'startEvent'),
          node('task', 'userTask'),
          node('late', 'boundaryEvent', { hostId: 'task' }),
          node('end', 'endEvent'),
        ],
        [flow('start', 'task'), flow('task', 'end'), flow('late', 'end')],
      ),
    ).toEqual([]);
  });

  it('finds what no start reaches and what leads nowhere', () => {
    expect(
      codes(
        [node('start', 'startEvent'), node('task', 'userTask'), node('lost', 'userTask')],
        [flow('start', 'task')],
      ),
    ).toEqual(['unreachable lost', 'implicit-end task', 'implicit-end lost']);
  });

  it('looks into sub-processes by themselves', () => {
    expect(
      codes(
        [
          node('start', 'startEvent'),
          node('sub', 'subProcess'),
          node('inner', 'userTask', { parentId: 'sub' }),
          node('empty', 'subProcess'),
          node('end', 'endEvent'),
        ],
        [flow('start', 'sub'), flow('sub', 'empty'), flow('empty', 'end')],
      ),
    ).toEqual(['no-start sub', 'empty-sub-process empty', 'implicit-end inner']);
  });

  it('wants a default and conditions after a choice', () => {
    const nodes = [node('start', 'startEvent'), node('ok', 'exclusiveGateway'), node('end', 'endEvent')];
    const flows = [
      flow('start', 'ok'),
      flow('ok', 'end', { condition: 'a = 1' }),
      flow('ok', 'end', { id: 'second' }),
    ];
    expect(codes(nodes, flows)).toEqual(['default-missing ok', 'condition-missing second']);
    expect(
      codes(nodes, [
        flow('start', 'ok'),
        flow('ok', 'end', { condition: 'a = 1' }),
        flow('ok', 'end', { id: 'x', isDefault: true }),
      ]),
    ).toEqual([]);
  });

  it('asks for a start in an empty flow', () => {
    expect(codes([], [])).toEqual(['no-start']);
  });
});

describe('instant checks of a form', () => {
  const optionsWrong = async (kind: string, options: string) => {
    const moddle = new BpmnModdle({ pilot: PILOT_MODDLE }) as unknown as Moddle & {
      fromXML(xml: string): Promise<{ elementsById: Record<string, ModdleElement> }>;
    };
    const field = `<pilot:field name="decision" label="意见" kind="${kind}">${options}</pilot:field>`;
    const { elementsById } = await moddle.fromXML(
      SAMPLE_FLOW.replace(/<pilot:field name="decision".*?<\/pilot:field>/, field),
    );
    const editor = {
      nodes: () => [node('check', 'userTask')],
      flows: () => [],
      element: (id: string) => ({ businessObject: elementsById[id] }),
    } as unknown as FlowEditor;
    return localFindings(editor).filter((finding) => finding.code === 'options-wrong');
  };
  const one = '<pilot:option value="a" label="甲"/>';

  it.each(['Choice', 'Choices'])('wants options for %s', async (kind) => {
    expect(await optionsWrong(kind, '')).toMatchObject([{ elementId: 'check', values: { field: '意见' } }]);
    expect(await optionsWrong(kind, one)).toEqual([]);
  });

  it('wants none for a text', async () => {
    expect(await optionsWrong('Text', '')).toEqual([]);
  });
});
