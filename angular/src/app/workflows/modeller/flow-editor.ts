import { computed, signal } from '@angular/core';
import {
  AutoPlace,
  BpmnReplace,
  Canvas,
  CommandStack,
  DiagramElement,
  ElementFactory,
  ElementRegistry,
  Moddle,
  ModdleElement,
  Modeler,
  Modeling,
  Selection,
  SpaceTool,
} from './diagram';
import { KindKey, NODE_KINDS, NodeKind, attributesOf } from './kinds';
import { eventKindOf, readCondition, readLoop, readVariables } from './settings';
import { SettingsWriter } from './settings-writer';

/** What the palette takes of the canvas, and the margin around a flow, in pixels. */
const PALETTE_WIDTH = 130;
const MARGIN = 40;
/** Room between two nodes. */
const GAP = 50;

/** A node as the table lists it. */
export interface NodeRow {
  readonly id: string;
  readonly name: string;
  /** Local name in the standard: `userTask`. */
  readonly type: string;
  readonly event: string;
  readonly loop: 'parallel' | 'sequential' | null;
  readonly interrupting: boolean;
  readonly parentId: string;
  readonly hostId: string | null;
}

export interface FlowRow {
  readonly id: string;
  readonly name: string;
  readonly sourceId: string;
  readonly targetId: string;
  readonly condition: string;
  readonly isDefault: boolean;
}

export interface NewNode {
  readonly kind: KindKey;
  readonly name: string;
  /** After which node; null: alone. */
  readonly afterId: string | null;
  /** Between that node and the one that follows it. */
  readonly between: boolean;
  /** For boundary events: on which activity. */
  readonly hostId: string | null;
  /** In which sub-process, when it follows nothing. */
  readonly parentId: string | null;
}

/** `bpmn:UserTask` → `userTask`. */
export function localType(type: string): string {
  const name = type.replace('bpmn:', '');
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/**
 * The one model that canvas, panel and table edit. Signals tell Angular what bpmn-js's events tell; all changes are
 * bpmn-js commands.
 */
export class FlowEditor {
  private readonly changes = signal(0);
  private readonly selected = signal<string | null>(null);
  private readonly registry: ElementRegistry;
  private readonly canvas: Canvas;
  private readonly modeling: Modeling;
  private readonly stack: CommandStack;
  readonly write: SettingsWriter;

  /** Grows with every change of the model, undone ones included. */
  readonly revision = this.changes.asReadonly();
  /** Null: nothing, which stands for the process itself. */
  readonly selectedId = this.selected.asReadonly();
  readonly canUndo = signal(false);
  readonly canRedo = signal(false);

  constructor(private readonly modeler: Modeler) {
    this.registry = this.service<ElementRegistry>('elementRegistry');
    this.canvas = this.service<Canvas>('canvas');
    this.modeling = this.service<Modeling>('modeling');
    this.stack = this.service<CommandStack>('commandStack');
    this.write = new SettingsWriter(this.service<Moddle>('moddle'), this.modeling, () => this.definitions());
    modeler.on('commandStack.changed', () => {
      this.noteChange();
    });
    modeler.on('selection.changed', (event) => {
      const chosen = event['newSelection'] as DiagramElement[];
      const [only] = chosen;
      this.selected.set(chosen.length === 1 && only ? (only.labelTarget ?? only).id : null);
    });
  }

  async open(xml: string): Promise<readonly string[]> {
    const { warnings } = await this.modeler.importXML(xml);
    this.selected.set(null);
    this.noteChange();
    return warnings.map((warning) => warning.message);
  }

  async xml(): Promise<string> {
    const { xml, error } = await this.modeler.saveXML({ format: true });
    if (xml === undefined) {
      throw error ?? new Error('The model could not be written.');
    }
    return xml;
  }

  destroy(): void {
    this.modeler.destroy();
  }

  undo(): void {
    this.stack.undo();
  }

  redo(): void {
    this.stack.redo();
  }

  /** The whole flow, as large as life at most, right of the palette that lies on the canvas. */
  fit(): void {
    this.canvas.zoom('fit-viewport', 'auto');
    const { inner, outer } = this.canvas.viewbox();
    if (inner.width === 0 || outer.width <= PALETTE_WIDTH) {
      return;
    }
    const scale = Math.min(
      1,
      (outer.width - PALETTE_WIDTH - MARGIN) / inner.width,
      (outer.height - MARGIN) / inner.height,
    );
    this.canvas.viewbox({
      x: inner.x - PALETTE_WIDTH / scale,
      y: inner.y - (outer.height / scale - inner.height) / 2,
      width: outer.width / scale,
      height: outer.height / scale,
    });
  }

  zoom(factor: number): void {
    const service = this.service<{ stepZoom(delta: number): void }>('zoomScroll');
    service.stepZoom(factor > 1 ? 1 : -1);
  }

  select(id: string | null): void {
    const element = id ? this.registry.get(id) : undefined;
    if (element) {
      const root = this.canvas.findRoot(element);
      if (root && root !== this.canvas.getRootElement()) {
        this.canvas.setRootElement(root);
      }
      this.canvas.scrollToElement(element);
    }
    this.service<Selection>('selection').select(element ?? null);
    this.selected.set(element?.id ?? null);
  }

  mark(ids: readonly string[], marker: string): void {
    for (const element of this.registry.getAll()) {
      this.canvas.removeMarker(element.id, marker);
    }
    for (const id of ids) {
      if (this.registry.get(id)) {
        this.canvas.addMarker(id, marker);
      }
    }
  }

  element(id: string): DiagramElement | undefined {
    this.changes();
    return this.registry.get(id);
  }

  /** The process that is executed; in a collaboration, that of the pool which has steps. */
  process(): { root: DiagramElement; process: ModdleElement } {
    this.changes();
    const root = this.canvas.getRootElement();
    const roots = this.definitions().get('rootElements') as ModdleElement[];
    const processes = roots.filter((element) => element.$type === 'bpmn:Process');
    const process =
      processes.find((element) => element.get('isExecutable') === true) ??
      processes.find((element) => (element.get('flowElements') as unknown[]).length > 0) ??
      processes[0];
    return { root, process: process ?? root.businessObject };
  }

  readonly variables = computed(() => {
    this.changes();
    return readVariables(this.process().process);
  });

  readonly nodes = computed<readonly NodeRow[]>(() => {
    this.changes();
    return this.registry
      .getAll()
      .filter((element) => this.isNode(element))
      .map((element) => {
        const object = element.businessObject;
        return {
          id: element.id,
          name: (object.get('name') as string | undefined) ?? '',
          type: localType(element.type),
          event: eventKindOf(object),
          loop: loopKind(object),
          interrupting: object.get('cancelActivity') !== false,
          parentId: object.$parent?.id ?? '',
          hostId: element.host?.id ?? null,
        };
      });
  });

  readonly flows = computed<readonly FlowRow[]>(() => {
    this.changes();
    return this.registry
      .getAll()
      .filter((element) => element.type === 'bpmn:SequenceFlow' && element.source && element.target)
      .map((element) => ({
        id: element.id,
        name: (element.businessObject.get('name') as string | undefined) ?? '',
        sourceId: element.source?.id ?? '',
        targetId: element.target?.id ?? '',
        condition: readCondition(element.businessObject),
        isDefault: element.source?.businessObject.get('default') === element.businessObject,
      }));
  });

  /** Adds a node where there is room for it; answers its id. */
  add(node: NewNode): string {
    const kind = NODE_KINDS.find((candidate) => candidate.key === node.kind) as NodeKind;
    const shape = this.service<ElementFactory>('elementFactory').createShape(attributesOf(kind));
    const created = this.place(node, kind, shape);
    if (kind.key === 'subProcess') {
      this.modeling.createShape(
        { type: 'bpmn:StartEvent' },
        { x: created.x + 58, y: created.y + created.height / 2 },
        created,
      );
    }
    if (node.name) {
      this.write.name(created, node.name);
    }
    this.select(created.id);
    return created.id;
  }

  /** False when the two may not be connected, such as into a start event. */
  connect(sourceId: string, targetId: string): string | null {
    const source = this.registry.get(sourceId);
    const target = this.registry.get(targetId);
    if (!source || !target) {
      return null;
    }
    const rules = this.service<{ allowed(rule: string, context: object): unknown }>('rules');
    const allowed = rules.allowed('connection.create', { source, target });
    if (!allowed || (allowed as { type?: string }).type !== 'bpmn:SequenceFlow') {
      return null;
    }
    return this.modeling.connect(source, target, { type: 'bpmn:SequenceFlow' }).id;
  }

  /** Leads a flow to another node. */
  redirect(flowId: string, targetId: string): boolean {
    const flow = this.registry.get(flowId);
    const target = this.registry.get(targetId);
    if (!flow || !target) {
      return false;
    }
    const rules = this.service<{ allowed(rule: string, context: object): unknown }>('rules');
    if (!rules.allowed('connection.reconnect', { connection: flow, source: flow.source, target })) {
      return false;
    }
    this.modeling.reconnectEnd(flow, target, middle(target));
    return true;
  }

  changeKind(id: string, key: KindKey): string {
    const element = this.registry.get(id);
    const kind = NODE_KINDS.find((candidate) => candidate.key === key);
    if (!element || !kind) {
      return id;
    }
    const replaced = this.service<BpmnReplace>('bpmnReplace').replaceElement(element, attributesOf(kind));
    this.select(replaced.id);
    return replaced.id;
  }

  remove(id: string): void {
    const element = this.registry.get(id);
    if (element) {
      this.modeling.removeElements([element]);
      this.selected.set(null);
    }
  }

  /** Which of the offered kinds an element is; null for what is drawn elsewhere only, such as a task of no kind. */
  kindOf(row: NodeRow): NodeKind | null {
    return (
      NODE_KINDS.find(
        (kind) =>
          localType(kind.type) === row.type &&
          (kind.definition ? localType(kind.definition).replace('EventDefinition', '') : 'none') ===
            row.event,
      ) ?? null
    );
  }

  private place(node: NewNode, kind: NodeKind, shape: DiagramElement): DiagramElement {
    const host = node.hostId ? this.registry.get(node.hostId) : undefined;
    if (kind.boundary && host) {
      return this.modeling.createShape(shape, { x: this.freeOnBorder(host), y: host.y + host.height }, host, {
        attach: true,
      });
    }
    const before = node.afterId ? this.registry.get(node.afterId) : undefined;
    if (before) {
      const [old] = before.outgoing.filter((flow) => flow.type === 'bpmn:SequenceFlow');
      const target = old?.target;
      if (node.between && old && target && target.x >= before.x + before.width) {
        return this.placeBetween(before, old, target, shape);
      }
      const placed = this.service<AutoPlace>('autoPlace').append(before, shape);
      this.clear(placed);
      const fresh = before.outgoing.find((flow) => flow.target === placed);
      if (node.between && old && target) {
        // The flow keeps its condition and now leads to the new node.
        if (fresh) {
          this.modeling.removeElements([fresh]);
        }
        this.modeling.reconnectEnd(old, placed, middle(placed));
        this.modeling.connect(placed, target, { type: 'bpmn:SequenceFlow' });
      }
      return placed;
    }
    return this.placeAlone(node, shape);
  }

  /** A place on the lower border where no other event hangs, from the right. */
  private freeOnBorder(host: DiagramElement): number {
    const taken = this.registry
      .getAll()
      .filter((element) => element.host === host)
      .map((element) => middle(element).x);
    const places: number[] = [];
    for (let x = host.x + host.width - 22; x > host.x + 10; x -= 8) {
      places.push(x);
    }
    return places.find((x) => taken.every((other) => Math.abs(other - x) >= 40)) ?? host.x + host.width / 2;
  }

  /** Moves a node down until it covers no other. */
  private clear(placed: DiagramElement): void {
    const others = this.registry
      .getAll()
      .filter(
        (element) =>
          this.isNode(element) && element !== placed && !element.host && element.parent === placed.parent,
      );
    const next = () => others.find((other) => overlap(placed, other));
    for (let covered = next(), tries = others.length; covered && tries > 0; covered = next(), tries--) {
      this.modeling.moveElements([placed], { x: 0, y: covered.y + covered.height + GAP - placed.y });
    }
  }

  /** Moves what follows to the right, so that the new node stands in line. */
  private placeBetween(
    before: DiagramElement,
    flow: DiagramElement,
    target: DiagramElement,
    shape: DiagramElement,
  ): DiagramElement {
    const right = before.x + before.width;
    const lacking = shape.width + 2 * GAP - (target.x - right);
    if (lacking > 0) {
      const tool = this.service<SpaceTool>('spaceTool');
      const start = target.x - 1;
      const root = this.canvas.getRootElement();
      const shapes = this.registry
        .getAll()
        .filter(
          (element) => element !== root && !element.waypoints && this.canvas.findRoot(element) === root,
        );
      const { movingShapes, resizingShapes } = tool.calculateAdjustments(shapes, 'x', lacking, start);
      tool.makeSpace(movingShapes, resizingShapes, { x: lacking, y: 0 }, 'e', start);
    }
    const parent = before.parent ?? this.canvas.getRootElement();
    const placed = this.modeling.createShape(
      shape,
      { x: right + GAP + shape.width / 2, y: middle(before).y },
      parent,
    );
    this.modeling.reconnectEnd(flow, placed, middle(placed));
    this.modeling.connect(placed, target, { type: 'bpmn:SequenceFlow' });
    return placed;
  }

  private placeAlone(node: NewNode, shape: DiagramElement): DiagramElement {
    const parent = node.parentId ? this.registry.get(node.parentId) : undefined;
    const root = this.canvas.getRootElement();
    const pool = root.children?.find((child) => child.type === 'bpmn:Participant');
    const holder = parent ?? pool ?? root;
    const inside = (holder.children ?? []).filter((child) => this.isNode(child));
    const right = inside.reduce((most, child) => Math.max(most, child.x + child.width), holder.x || 100);
    const top = inside[0] ? middle(inside[0]).y : (holder.y || 40) + 80;
    return this.modeling.createShape(shape, { x: right + 80 + shape.width / 2, y: top }, holder);
  }

  private isNode(element: DiagramElement): boolean {
    return (
      element.type !== 'label' &&
      !element.labelTarget &&
      // Roots are planes: the process, or the inside of a collapsed sub-process.
      element.parent !== undefined &&
      element.parent !== null &&
      element.businessObject?.$instanceOf?.('bpmn:FlowNode') === true
    );
  }

  private definitions(): ModdleElement {
    return (this.modeler as unknown as { getDefinitions(): ModdleElement }).getDefinitions();
  }

  private noteChange(): void {
    this.canUndo.set(this.stack.canUndo());
    this.canRedo.set(this.stack.canRedo());
    const id = this.selected();
    if (id && !this.registry.get(id)) {
      this.selected.set(null);
    }
    this.changes.update((count) => count + 1);
  }

  private service<T>(name: string): T {
    return this.modeler.get(name) as T;
  }
}

function loopKind(object: ModdleElement): 'parallel' | 'sequential' | null {
  const loop = object.$instanceOf?.('bpmn:Activity') ? readLoop(object) : null;
  return loop ? (loop.sequential ? 'sequential' : 'parallel') : null;
}

function middle(element: DiagramElement): { x: number; y: number } {
  return { x: element.x + element.width / 2, y: element.y + element.height / 2 };
}

function overlap(a: DiagramElement, b: DiagramElement): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
