import { BpmnDocument } from './bpmn-document';
import { FlowState } from '../models';
import { PictureMark } from './picture-drawing';

/** Marks of a running flow. `words` writes who has a step since when. */
export function marksOf(
  document: BpmnDocument,
  state: FlowState,
  words: (live: FlowState['live'][number]) => string,
): PictureMark[] {
  const live = new Map<string, FlowState['live'][number][]>();
  for (const node of state.live) {
    const at = shownAt(document, node.nodeId);
    live.set(at, [...(live.get(at) ?? []), node]);
  }
  const marks: PictureMark[] = [...live].map(([elementId, nodes]) => ({
    elementId,
    tone: 'live',
    note: [...new Set(nodes.map(words).filter((text) => text !== ''))].join('；'),
    ...(nodes.length > 1 ? { badge: String(nodes.length) } : {}),
  }));
  const taken = new Set(live.keys());
  const add = (elementId: string, tone: PictureMark['tone']) => {
    const at = shownAt(document, elementId);
    if (!taken.has(at)) {
      taken.add(at);
      marks.push({ elementId: at, tone });
    }
  };
  state.doneNodes.forEach((id) => {
    add(id, 'done');
  });
  state.takenFlows.forEach((id) => {
    add(id, 'done');
  });
  const expected = new Map(state.expected.map((step) => [step.nodeId, step.certain]));
  expected.forEach((certain, id) => {
    add(id, certain ? 'expected' : 'possible');
  });
  // A flow between steps that are still to come is on the expected path as well.
  for (const element of document.elements.values()) {
    if (element.type === 'sequenceFlow' && element.sourceId && element.targetId) {
      const to = expected.get(element.targetId);
      const fromLive = state.live.some((node) => node.nodeId === element.sourceId);
      const from = fromLive ? true : expected.get(element.sourceId);
      if (to !== undefined && from !== undefined) {
        add(element.id, to && from ? 'expected' : 'possible');
      }
    }
  }
  return marks;
}

/** What lies inside a closed sub-process is shown at the sub-process. */
export function shownAt(document: BpmnDocument, elementId: string): string {
  const drawn = new Set([...document.shapes, ...document.edges].map((item) => item.element.id));
  let id: string | null = elementId;
  while (id && !drawn.has(id)) {
    id = document.elements.get(id)?.scopeId ?? null;
  }
  return id ?? elementId;
}
