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

export interface MappingRow {
  readonly from: BpmnElement;
  readonly to: string | null;
  /** The name in the other version where it is another; null where the step stayed as it was, or is gone. */
  readonly renamedTo: string | null;
  /** The other version has no such step: a person says what becomes of what waits there. */
  readonly isGone: boolean;
}

/** The obvious mapping: the same id, else the only node of the same kind and name; null where a person must say. */
export function suggestMapping(
  from: readonly BpmnElement[],
  to: readonly BpmnElement[],
): readonly MappingRow[] {
  return from.map((node) => {
    const alike = to.filter(
      (other) => other.type === node.type && other.name !== '' && other.name === node.name,
    );
    const found =
      to.find((other) => other.id === node.id && other.type === node.type) ??
      (alike.length === 1 ? alike[0] : undefined);
    return {
      from: node,
      to: found?.id ?? null,
      renamedTo: found && found.name !== node.name ? found.name || found.id : null,
      isGone: found === undefined,
    };
  });
}

/** What a person has to decide comes first: steps that are gone, those where something waits before the others; then what was renamed. */
export function inOrderOfDoubt(
  rows: readonly MappingRow[],
  waiting: (nodeId: string) => number,
): readonly MappingRow[] {
  const doubt = (row: MappingRow): number =>
    row.isGone ? (waiting(row.from.id) > 0 ? 0 : 1) : row.renamedTo === null ? 3 : 2;
  return [...rows].sort((a, b) => doubt(a) - doubt(b));
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
