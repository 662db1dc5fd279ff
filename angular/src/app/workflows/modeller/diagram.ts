/** The parts of bpmn-js in use; its services come untyped from its injector. */

export interface ModdleElement {
  readonly $type: string;
  $parent?: ModdleElement;
  id: string;
  get(name: string): unknown;
  $instanceOf?(type: string): boolean;
}

export interface DiagramElement {
  readonly id: string;
  readonly type: string;
  readonly businessObject: ModdleElement;
  readonly parent?: DiagramElement | null;
  readonly host?: DiagramElement | null;
  readonly waypoints?: readonly { x: number; y: number }[];
  readonly labelTarget?: DiagramElement;
  readonly children?: readonly DiagramElement[];
  readonly incoming: readonly DiagramElement[];
  readonly outgoing: readonly DiagramElement[];
  readonly source?: DiagramElement;
  readonly target?: DiagramElement;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Properties = Record<string, unknown>;

export interface Modeling {
  updateProperties(element: DiagramElement, properties: Properties): void;
  updateModdleProperties(element: DiagramElement, target: ModdleElement, properties: Properties): void;
  updateLabel(element: DiagramElement, text: string): void;
  createShape(
    shape: DiagramElement | Properties,
    position: { x: number; y: number },
    parent: DiagramElement,
    hints?: Properties,
  ): DiagramElement;
  connect(source: DiagramElement, target: DiagramElement, attributes?: Properties): DiagramElement;
  reconnectEnd(flow: DiagramElement, target: DiagramElement, point: { x: number; y: number }): void;
  reconnectStart(flow: DiagramElement, source: DiagramElement, point: { x: number; y: number }): void;
  moveElements(elements: DiagramElement[], delta: { x: number; y: number }): void;
  removeElements(elements: DiagramElement[]): void;
}

export interface Moddle {
  create(type: string, properties?: Properties): ModdleElement;
}

export interface ElementRegistry {
  get(id: string): DiagramElement | undefined;
  getAll(): DiagramElement[];
}

export interface Canvas {
  getRootElement(): DiagramElement;
  findRoot(element: DiagramElement): DiagramElement | undefined;
  setRootElement(root: DiagramElement): void;
  zoom(value: 'fit-viewport' | number, center?: 'auto'): number;
  viewbox(): { inner: Box; outer: Box };
  viewbox(box: Box): unknown;
  scrollToElement(element: DiagramElement): void;
  addMarker(id: string, marker: string): void;
  removeMarker(id: string, marker: string): void;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface SpaceTool {
  calculateAdjustments(
    elements: DiagramElement[],
    axis: 'x' | 'y',
    delta: number,
    start: number,
  ): { movingShapes: DiagramElement[]; resizingShapes: DiagramElement[] };
  makeSpace(
    moving: DiagramElement[],
    resizing: DiagramElement[],
    delta: { x: number; y: number },
    direction: string,
    start: number,
  ): void;
}

export interface Selection {
  select(element: DiagramElement | null): void;
}

export interface CommandStack {
  undo(): void;
  redo(): void;
  canUndo(): boolean;
  canRedo(): boolean;
}

export interface AutoPlace {
  append(source: DiagramElement, shape: DiagramElement): DiagramElement;
}

export interface ElementFactory {
  createShape(attributes: Properties): DiagramElement;
}

export interface BpmnReplace {
  replaceElement(element: DiagramElement, target: Properties): DiagramElement;
}

export interface Modeler {
  importXML(xml: string): Promise<{ warnings: readonly { message: string }[] }>;
  saveXML(options: { format: boolean }): Promise<{ xml?: string; error?: Error }>;
  get(service: string): unknown;
  on(event: string, listener: (event: Properties) => void): void;
  destroy(): void;
}
