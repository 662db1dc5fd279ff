/** A BPMN 2.0 document as far as pictures and lists need it: what there is, how it hangs together, where it is drawn. */

const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const BPMNDI = 'http://www.omg.org/spec/BPMN/20100524/DI';
const DC = 'http://www.omg.org/spec/DD/20100524/DC';
const DI = 'http://www.omg.org/spec/DD/20100524/DI';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** What an event waits for or does. */
export type EventKind =
  | 'none'
  | 'timer'
  | 'message'
  | 'error'
  | 'terminate'
  | 'signal'
  | 'escalation'
  | 'compensate'
  | 'conditional'
  | 'link'
  | 'cancel'
  | 'multiple';

export type LoopKind = 'parallel' | 'sequential' | 'loop';

export interface BpmnElement {
  readonly id: string;
  /** The element's name in the standard, such as `userTask`. */
  readonly type: string;
  readonly name: string;
  /** The process, sub-process or pool it lies in. */
  readonly scopeId: string | null;
  readonly event: EventKind;
  /** Non-interrupting boundary and start events are drawn dashed. */
  readonly interrupting: boolean;
  readonly attachedTo: string | null;
  readonly loop: LoopKind | null;
  readonly forCompensation: boolean;
  readonly isTransaction: boolean;
  readonly isEventSubProcess: boolean;
  readonly isCollection: boolean;
  readonly sourceId: string | null;
  readonly targetId: string | null;
  readonly isDefault: boolean;
  readonly condition: string | null;
}

export interface DrawnShape {
  readonly element: BpmnElement;
  readonly bounds: Rect;
  readonly label: Rect | null;
  readonly expanded: boolean;
  readonly horizontal: boolean;
}

export interface DrawnEdge {
  readonly element: BpmnElement;
  readonly points: readonly Point[];
  readonly label: Rect | null;
}

export interface BpmnDocument {
  readonly elements: ReadonlyMap<string, BpmnElement>;
  readonly shapes: readonly DrawnShape[];
  readonly edges: readonly DrawnEdge[];
}

export const EMPTY_DOCUMENT: BpmnDocument = { elements: new Map(), shapes: [], edges: [] };

const EVENTS = new Set([
  'startEvent',
  'endEvent',
  'intermediateCatchEvent',
  'intermediateThrowEvent',
  'boundaryEvent',
]);
const TASKS = new Set([
  'task',
  'userTask',
  'serviceTask',
  'sendTask',
  'receiveTask',
  'manualTask',
  'scriptTask',
  'businessRuleTask',
]);
const SUB_PROCESSES = new Set(['subProcess', 'transaction', 'adHocSubProcess']);
const GATEWAYS = new Set([
  'exclusiveGateway',
  'parallelGateway',
  'inclusiveGateway',
  'eventBasedGateway',
  'complexGateway',
]);
const CONNECTIONS = new Set([
  'sequenceFlow',
  'messageFlow',
  'association',
  'dataInputAssociation',
  'dataOutputAssociation',
]);

export const isEvent = (element: BpmnElement) => EVENTS.has(element.type);
export const isTask = (element: BpmnElement) => TASKS.has(element.type);
export const isSubProcess = (element: BpmnElement) => SUB_PROCESSES.has(element.type);
export const isActivity = (element: BpmnElement) =>
  isTask(element) || isSubProcess(element) || element.type === 'callActivity';
export const isGateway = (element: BpmnElement) => GATEWAYS.has(element.type);
export const isFlowNode = (element: BpmnElement) =>
  isEvent(element) || isActivity(element) || isGateway(element);
export const isConnection = (element: BpmnElement) => CONNECTIONS.has(element.type);

/** Reads a document. What is no BPMN at all throws; elements that are unknown are kept by type and drawn plainly. */
export function readBpmn(xml: string): BpmnDocument {
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  const root = document.documentElement;
  if (document.getElementsByTagName('parsererror').length > 0 || root.localName !== 'definitions') {
    throw new Error('The text is no BPMN document.');
  }
  const elements = readElements(document);
  const { shapes, edges } = readDiagram(document, elements);
  return { elements, shapes, edges };
}

function readElements(document: Document): Map<string, BpmnElement> {
  const defaults = new Set<string>();
  const all = [...document.getElementsByTagNameNS(BPMN, '*')];
  for (const node of all) {
    const flow = node.getAttribute('default');
    if (flow) {
      defaults.add(flow);
    }
  }
  const elements = new Map<string, BpmnElement>();
  for (const node of all) {
    const id = node.getAttribute('id');
    if (!id) {
      continue;
    }
    elements.set(id, readElement(node, id, defaults));
  }
  return elements;
}

function readElement(node: Element, id: string, defaults: ReadonlySet<string>): BpmnElement {
  const type = node.localName;
  const name =
    type === 'textAnnotation' ? (child(node, 'text')?.textContent ?? '') : (node.getAttribute('name') ?? '');
  return {
    id,
    type,
    name: name.trim(),
    scopeId: node.parentElement?.getAttribute('id') ?? null,
    event: eventKind(node),
    interrupting: (node.getAttribute('cancelActivity') ?? node.getAttribute('isInterrupting')) !== 'false',
    attachedTo: node.getAttribute('attachedToRef'),
    loop: loopKind(node),
    forCompensation: node.getAttribute('isForCompensation') === 'true',
    isTransaction: type === 'transaction',
    isEventSubProcess: node.getAttribute('triggeredByEvent') === 'true',
    isCollection: node.getAttribute('isCollection') === 'true',
    sourceId: node.getAttribute('sourceRef') ?? childText(node, 'sourceRef'),
    targetId: node.getAttribute('targetRef') ?? childText(node, 'targetRef'),
    isDefault: defaults.has(id),
    condition: childText(node, 'conditionExpression'),
  };
}

function eventKind(node: Element): EventKind {
  const kinds = children(node)
    .filter((inner) => inner.localName.endsWith('EventDefinition'))
    .map((inner) => inner.localName.replace('EventDefinition', '') as EventKind);
  if (kinds.length === 0 && children(node).some((inner) => inner.localName === 'eventDefinitionRef')) {
    return 'multiple';
  }
  return kinds.length > 1 ? 'multiple' : (kinds[0] ?? 'none');
}

function loopKind(node: Element): LoopKind | null {
  const several = child(node, 'multiInstanceLoopCharacteristics');
  if (several) {
    return several.getAttribute('isSequential') === 'true' ? 'sequential' : 'parallel';
  }
  return child(node, 'standardLoopCharacteristics') ? 'loop' : null;
}

function readDiagram(
  document: Document,
  elements: ReadonlyMap<string, BpmnElement>,
): { shapes: DrawnShape[]; edges: DrawnEdge[] } {
  // Further diagrams show the inside of collapsed sub-processes: those are listed, not drawn.
  const plane = [...document.getElementsByTagNameNS(BPMNDI, 'BPMNPlane')].find((candidate) => {
    const shown = elements.get(local(candidate.getAttribute('bpmnElement')));
    return !shown || !isSubProcess(shown);
  });
  const shapes: DrawnShape[] = [];
  const edges: DrawnEdge[] = [];
  for (const node of plane ? [...plane.children] : []) {
    const element = elements.get(local(node.getAttribute('bpmnElement')));
    if (!element) {
      continue;
    }
    if (node.localName === 'BPMNShape') {
      const bounds = rect(node.getElementsByTagNameNS(DC, 'Bounds')[0]);
      if (bounds) {
        shapes.push({
          element,
          bounds,
          label: labelOf(node),
          expanded: node.getAttribute('isExpanded') !== 'false',
          horizontal: node.getAttribute('isHorizontal') !== 'false',
        });
      }
    } else if (node.localName === 'BPMNEdge') {
      const points = [...node.getElementsByTagNameNS(DI, 'waypoint')].map((point) => ({
        x: number(point, 'x'),
        y: number(point, 'y'),
      }));
      if (points.length > 1) {
        edges.push({ element, points, label: labelOf(node) });
      }
    }
  }
  return { shapes, edges };
}

function labelOf(node: Element): Rect | null {
  const label = node.getElementsByTagNameNS(BPMNDI, 'BPMNLabel')[0];
  return rect(label?.getElementsByTagNameNS(DC, 'Bounds')[0]);
}

function rect(bounds: Element | undefined): Rect | null {
  return bounds
    ? {
        x: number(bounds, 'x'),
        y: number(bounds, 'y'),
        width: number(bounds, 'width'),
        height: number(bounds, 'height'),
      }
    : null;
}

function number(node: Element, attribute: string): number {
  const value = Number(node.getAttribute(attribute));
  return Number.isFinite(value) ? value : 0;
}

/** References are qualified names: the part behind the prefix is the id. */
function local(reference: string | null): string {
  return reference?.slice(reference.lastIndexOf(':') + 1) ?? '';
}

function children(node: Element): Element[] {
  return [...node.children].filter((inner) => inner.namespaceURI === BPMN);
}

function child(node: Element, name: string): Element | undefined {
  return children(node).find((inner) => inner.localName === name);
}

function childText(node: Element, name: string): string | null {
  return child(node, name)?.textContent?.trim() || null;
}

/** The flow's nodes in the order in which a person meets them: along the flows, the main path first. */
export function inReadingOrder(document: BpmnDocument): BpmnElement[] {
  const nodes = [...document.elements.values()].filter(isFlowNode);
  const flows = [...document.elements.values()].filter((element) => element.type === 'sequenceFlow');
  const entered = new Set(flows.map((flow) => flow.targetId));
  const ordered: BpmnElement[] = [];
  const seen = new Set<string>();
  const visit = (node: BpmnElement): void => {
    const waiting = [node];
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (seen.has(next.id)) {
        continue;
      }
      const current = next;
      seen.add(current.id);
      ordered.push(current);
      if (isSubProcess(current)) {
        nodes
          .filter((inner) => inner.scopeId === current.id && !entered.has(inner.id) && !inner.attachedTo)
          .forEach(visit);
      }
      nodes.filter((inner) => inner.attachedTo === current.id).forEach((boundary) => waiting.push(boundary));
      for (const flow of flows.filter((candidate) => candidate.sourceId === current.id)) {
        const target = nodes.find((candidate) => candidate.id === flow.targetId);
        if (target) {
          waiting.push(target);
        }
      }
    }
  };
  const subIds = new Set(nodes.filter(isSubProcess).map((node) => node.id));
  nodes
    .filter((node) => !entered.has(node.id) && !node.attachedTo && !subIds.has(node.scopeId ?? ''))
    .forEach(visit);
  // What no flow reaches comes last, in the document's order.
  nodes.forEach(visit);
  return ordered;
}
