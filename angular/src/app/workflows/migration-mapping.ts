import { BpmnElement, inReadingOrder, isActivity, isEvent, readBpmn } from './flow/bpmn-document';

/** Where a token can wait: nodes that take time. */
export function waitingNodes(xml: string): BpmnElement[] {
  return inReadingOrder(readBpmn(xml)).filter(
    (element) =>
      isActivity(element) ||
      element.type === 'eventBasedGateway' ||
      (isEvent(element) && !['startEvent', 'endEvent'].includes(element.type)),
  );
}

/** The obvious mapping: the same id, else the only node of the same kind and name; null where a person must say. */
export function suggestMapping(
  from: readonly BpmnElement[],
  to: readonly BpmnElement[],
): readonly { readonly from: BpmnElement; readonly to: string | null }[] {
  return from.map((node) => {
    const same = to.find((other) => other.id === node.id && other.type === node.type);
    if (same) {
      return { from: node, to: same.id };
    }
    const alike = to.filter(
      (other) => other.type === node.type && other.name !== '' && other.name === node.name,
    );
    return { from: node, to: alike.length === 1 ? (alike[0]?.id ?? null) : null };
  });
}

/** Kinds between which a waiting token can move. */
export function candidatesFor(node: BpmnElement, to: readonly BpmnElement[]): BpmnElement[] {
  return to.filter((other) => other.type === node.type && other.event === node.event);
}

export function mappingOf(
  rows: readonly { readonly from: BpmnElement; readonly to: string | null }[],
): Record<string, string> {
  return Object.fromEntries(rows.flatMap((row) => (row.to ? [[row.from.id, row.to] as const] : [])));
}
