import {
  BpmnDocument,
  BpmnElement,
  DrawnEdge,
  DrawnShape,
  Point,
  Rect,
  isActivity,
  isEvent,
  isGateway,
  isSubProcess,
} from './bpmn-document';
import { emWidth, wrap } from './picture-text';

/** How an element is set off: by stroke, by a sign in its corner and by words in the list beside the picture. */
export type MarkTone =
  | 'done'
  | 'live'
  | 'expected'
  | 'possible'
  | 'failed'
  | 'added'
  | 'removed'
  | 'changed'
  | 'moved'
  | 'error'
  | 'warning'
  | 'selected';

export interface PictureMark {
  readonly elementId: string;
  readonly tone: MarkTone;
  /** A short text in the corner, such as a number of instances. */
  readonly badge?: string;
  /** Who has it since when: written under the element, and in the list. */
  readonly note?: string;
}

export interface TextLine {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface DrawnBadge {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly text: string;
}

/** One shape, ready to be drawn: paths in the picture's own coordinates. */
export interface ShapePicture {
  readonly id: string;
  readonly title: string;
  readonly tone: string;
  readonly kind: 'circle' | 'diamond' | 'box' | 'line-box' | 'lane' | 'path' | 'annotation';
  readonly bounds: Rect;
  readonly radius: number;
  readonly classes: string;
  /** A second outline inside the first. */
  readonly inner: 'none' | 'circle' | 'box';
  readonly outline: string;
  readonly icon: string;
  readonly iconFilled: boolean;
  readonly iconTransform: string;
  readonly markers: readonly string[];
  readonly lines: readonly TextLine[];
  readonly anchor: 'middle' | 'start';
  readonly textTransform: string | null;
  readonly badge: DrawnBadge | null;
  readonly note: readonly TextLine[];
}

export interface EdgePicture {
  readonly id: string;
  readonly title: string;
  readonly tone: string;
  readonly classes: string;
  readonly path: string;
  readonly arrow: string;
  readonly arrowFilled: boolean;
  readonly start: string;
  readonly lines: readonly TextLine[];
}

export interface Picture {
  readonly view: Rect;
  readonly shapes: readonly ShapePicture[];
  readonly edges: readonly EdgePicture[];
}

export const FONT_SIZE = 12;
const LINE_HEIGHT = 16;

/** Icons on an 18 × 18 grid. */
const ICONS: Record<string, { path: string; filled?: boolean }> = {
  userTask: {
    path: 'M9 9.2a3.4 3.4 0 1 0 0-6.8 3.4 3.4 0 0 0 0 6.8z M2.4 16.4v-2.2c0-2.6 2-4.2 4.2-4.6h4.8c2.2.4 4.2 2 4.2 4.6v2.2z M5.6 13.6v2.8 M12.4 13.6v2.8',
  },
  serviceTask: {
    path: 'M9 5.8a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4z M7.7 1.5h2.6l.4 2.1 1.6.7 1.8-1.2 1.8 1.8-1.2 1.8.7 1.6 2.1.4v2.6l-2.1.4-.7 1.6 1.2 1.8-1.8 1.8-1.8-1.2-1.6.7-.4 2.1H7.7l-.4-2.1-1.6-.7-1.8 1.2-1.8-1.8 1.2-1.8-.7-1.6-2.1-.4V8.7l2.1-.4.7-1.6-1.2-1.8 1.8-1.8 1.8 1.2 1.6-.7z',
  },
  sendTask: { path: 'M1.5 4.5 9 10l7.500-5.500z M1.500 6.200v8.300h15V6.200L9 11.800z', filled: true },
  receiveTask: { path: 'M1.500 4h15v10.500h-15z M1.500 4 9 10.200 16.500 4' },
  manualTask: {
    path: 'M2 8.500 6 4.500c.8-.7 2-.5 2.200.2.200.6 0 1-.4 1.400L6.500 7.500H15c1.600 0 1.600 2 0 2h-4.500 4c1.500 0 1.500 2 0 2h-4 3c1.400 0 1.400 1.900 0 1.900h-3 2c1.300 0 1.300 1.700 0 1.700H5.500L2 13z',
  },
  scriptTask: {
    path: 'M5 2h10c-2.500 2.500-2.500 4 0 7s2.500 5 0 7H4c2.500-2 2.500-4 0-7s-1.500-5 1-7z M7 6h4 M7.500 9H12 M8 12h4',
  },
  businessRuleTask: { path: 'M1.500 3.500h15v11h-15z M1.500 7h15 M1.500 10.700h15 M6 7v7.500' },
  timer: {
    path: 'M9 1.200a7.800 7.800 0 1 0 0 15.600A7.800 7.800 0 0 0 9 1.200z M9 4v5.200l3.400 2 M9 1.200v1.600 M9 15.200v1.600 M1.200 9h1.600 M15.200 9h1.600',
  },
  message: { path: 'M2 4.500h14v9.500H2z M2 4.500 9 10l7-5.500' },
  error: { path: 'M3.500 15 6.500 4l4.300 6.200L14.500 3l-3 11L7.200 8.300z' },
  terminate: { path: 'M9 1a8 8 0 1 0 0 16A8 8 0 0 0 9 1z', filled: true },
  signal: { path: 'M9 2.500 16 14.500H2z' },
  escalation: { path: 'M9 2.500 14.500 15.500 9 10.500 3.500 15.500z' },
  compensate: { path: 'M9 4v10L2.500 9z M15.500 4v10L9 9z' },
  conditional: { path: 'M3.500 2h11v14h-11z M5.500 5h7 M5.500 7.700h7 M5.500 10.300h7 M5.500 13h7' },
  link: { path: 'M2 6.500h8V3.500L16.500 9 10 14.500v-3H2z' },
  cancel: {
    path: 'M3.500 5.500 5.500 3.500 9 7l3.500-3.500 2 2L11 9l3.500 3.500-2 2L9 11l-3.500 3.500-2-2L7 9z',
  },
  multiple: { path: 'M9 1.800 16.200 7.100 13.500 15.600H4.500L1.800 7.100z' },
  exclusiveGateway: { path: 'M5 4.200 13 13.800 M13 4.200 5 13.800' },
  parallelGateway: { path: 'M9 2.500v13 M2.500 9h13' },
  inclusiveGateway: { path: 'M9 3.200a5.800 5.800 0 1 0 0 11.600A5.800 5.800 0 0 0 9 3.200z' },
  complexGateway: { path: 'M9 2.500v13 M2.500 9h13 M4.400 4.400l9.200 9.200 M13.600 4.400 4.400 13.600' },
  eventBasedGateway: {
    path: 'M9 .8a8.200 8.200 0 1 0 0 16.400A8.200 8.200 0 0 0 9 .8z M9 2.600a6.400 6.400 0 1 0 0 12.800A6.400 6.400 0 0 0 9 2.600z M9 4.800 13 7.700 11.500 12.400H6.500L5 7.700z',
  },
};

/** Turns a document and its marks into what the template draws. */
export function draw(document: BpmnDocument, marks: readonly PictureMark[]): Picture {
  const byId = new Map(marks.map((mark) => [mark.elementId, mark]));
  // Containers first, then what lies in them, boundary events last.
  const order = (shape: DrawnShape) =>
    ['participant', 'lane'].includes(shape.element.type)
      ? shape.element.type === 'participant'
        ? 0
        : 1
      : isSubProcess(shape.element) && shape.expanded
        ? 2
        : shape.element.attachedTo
          ? 4
          : 3;
  const area = (shape: DrawnShape) => shape.bounds.width * shape.bounds.height;
  const shapes = [...document.shapes]
    .sort((a, b) => order(a) - order(b) || (order(a) === 2 ? area(b) - area(a) : 0))
    .map((shape) => drawShape(shape, byId.get(shape.element.id)));
  const edges = document.edges.map((edge) => drawEdge(edge, byId.get(edge.element.id)));
  return { view: viewOf(document, shapes, edges), shapes, edges };
}

function drawShape(shape: DrawnShape, mark: PictureMark | undefined): ShapePicture {
  const { element, bounds } = shape;
  const base = {
    id: element.id,
    title: element.name,
    tone: mark?.tone ?? '',
    bounds,
    radius: 0,
    inner: 'none' as const,
    outline: '',
    icon: '',
    iconFilled: false,
    iconTransform: '',
    markers: [],
    anchor: 'middle' as const,
    textTransform: null,
    badge: badgeOf(bounds, mark),
    note: noteOf(shape, mark),
  };
  if (isEvent(element)) {
    return { ...base, ...drawEvent(element, bounds), lines: outsideLabel(shape) };
  }
  if (isGateway(element)) {
    return { ...base, ...drawGateway(element, bounds), lines: outsideLabel(shape) };
  }
  if (isActivity(element)) {
    return { ...base, ...drawActivity(shape) };
  }
  switch (element.type) {
    case 'participant':
    case 'lane':
      return { ...base, ...drawLane(shape) };
    case 'textAnnotation':
      return {
        ...base,
        kind: 'annotation',
        classes: 'artifact',
        outline: `M${bounds.x + 12} ${bounds.y}H${bounds.x}V${bounds.y + bounds.height}H${bounds.x + 12}`,
        anchor: 'start',
        lines: block(element.name, { ...bounds, x: bounds.x + 6, width: bounds.width - 8 }, 'start'),
      };
    case 'dataObjectReference':
    case 'dataObject':
    case 'dataInput':
    case 'dataOutput':
      return { ...base, ...drawData(element, bounds), lines: outsideLabel(shape) };
    case 'dataStoreReference':
      return { ...base, ...drawStore(bounds), lines: outsideLabel(shape) };
    case 'group':
      return { ...base, kind: 'box', radius: 10, classes: 'group', lines: outsideLabel(shape) };
    default:
      return {
        ...base,
        kind: 'box',
        radius: 2,
        classes: 'artifact',
        lines: block(element.name, bounds, 'middle'),
      };
  }
}

function drawEvent(element: BpmnElement, bounds: Rect) {
  const size = Math.min(bounds.width, bounds.height);
  const intermediate = element.type.startsWith('intermediate') || element.type === 'boundaryEvent';
  const throws = element.type === 'intermediateThrowEvent' || element.type === 'endEvent';
  const icon = ICONS[element.event];
  return {
    kind: 'circle' as const,
    classes: [
      'event',
      element.type === 'endEvent' ? 'end' : '',
      element.interrupting || throws ? '' : 'dashed',
    ].join(' '),
    inner: intermediate ? ('circle' as const) : ('none' as const),
    icon: icon?.path ?? '',
    iconFilled: Boolean(icon?.filled) || throws,
    iconTransform: centred(bounds, (size * (element.event === 'terminate' ? 0.62 : 0.55)) / 18),
  };
}

function drawGateway(element: BpmnElement, bounds: Rect) {
  const { x, y, width, height } = bounds;
  return {
    kind: 'diamond' as const,
    classes: 'gateway',
    outline: `M${x + width / 2} ${y}L${x + width} ${y + height / 2}L${x + width / 2} ${y + height}L${x} ${y + height / 2}Z`,
    icon: ICONS[element.type]?.path ?? '',
    iconTransform: centred(bounds, (Math.min(width, height) * 0.52) / 18),
  };
}

function drawActivity(shape: DrawnShape) {
  const { element, bounds } = shape;
  const open = isSubProcess(element) && shape.expanded;
  const icon = ICONS[element.type];
  const markers = markersOf(shape);
  // Names keep clear of the icon above and of the markers below.
  const above = icon ? 10 : 0;
  const below = markers.length > 0 ? 16 : 0;
  const text = open
    ? block(element.name, { ...bounds, height: LINE_HEIGHT + 8 }, 'middle')
    : block(
        element.name,
        { ...bounds, y: bounds.y + above, height: bounds.height - above - below },
        'middle',
      );
  return {
    kind: 'box' as const,
    radius: 8,
    classes: [
      'activity',
      open ? 'open' : '',
      element.type === 'callActivity' ? 'call' : '',
      element.isEventSubProcess ? 'dotted' : '',
    ].join(' '),
    inner: element.isTransaction ? ('box' as const) : ('none' as const),
    icon: icon?.path ?? '',
    iconFilled: icon?.filled ?? false,
    iconTransform: `translate(${bounds.x + 5} ${bounds.y + 5}) scale(0.9)`,
    markers,
    lines: text,
  };
}

/** Signs at the lower edge: |||, ≡, ↻, [+], ~ and ◁◁. */
function markersOf(shape: DrawnShape): string[] {
  const { element, bounds } = shape;
  const drawn: ((x: number, y: number) => string)[] = [];
  if (element.forCompensation) {
    drawn.push((x, y) => `M${x + 7} ${y + 2}v10l-6-5zM${x + 13} ${y + 2}v10l-6-5z`);
  }
  if (element.loop === 'parallel') {
    drawn.push((x, y) => `M${x + 3} ${y + 1}v12M${x + 7} ${y + 1}v12M${x + 11} ${y + 1}v12`);
  } else if (element.loop === 'sequential') {
    drawn.push((x, y) => `M${x + 1} ${y + 3}h12M${x + 1} ${y + 7}h12M${x + 1} ${y + 11}h12`);
  } else if (element.loop === 'loop') {
    drawn.push((x, y) => `M${x + 4} ${y + 12}a5.500 5.500 0 1 1 5 .4M${x + 4} ${y + 8}v4h-4`);
  }
  if (element.type === 'adHocSubProcess') {
    drawn.push((x, y) => `M${x + 1} ${y + 9}c2-5 4-5 6-2s4 3 6-2`);
  }
  if (isSubProcess(element) && !shape.expanded) {
    drawn.push((x, y) => `M${x} ${y}h14v14h-14zM${x + 7} ${y + 3}v8M${x + 3} ${y + 7}h8`);
  }
  const left = bounds.x + bounds.width / 2 - (drawn.length * 18 - 4) / 2;
  const top = bounds.y + bounds.height - 17;
  return drawn.map((path, index) => path(left + index * 18, top));
}

function drawLane(shape: DrawnShape) {
  const { element, bounds, horizontal } = shape;
  const titled = element.name !== '';
  const band = element.type === 'participant' ? 30 : titled ? 24 : 0;
  const outline = !titled
    ? ''
    : horizontal
      ? `M${bounds.x + band} ${bounds.y}v${bounds.height}`
      : `M${bounds.x} ${bounds.y + band}h${bounds.width}`;
  const middle = { x: bounds.x + bounds.width / 2, y: bounds.y + bounds.height / 2 };
  const along = horizontal ? bounds.height : bounds.width;
  const lines = wrap(element.name, Math.max(along - 8, 12) / FONT_SIZE, 1);
  return {
    kind: 'lane' as const,
    classes: element.type,
    outline,
    lines: lines.map((text) =>
      horizontal
        ? { x: bounds.x + band / 2, y: middle.y, text }
        : { x: middle.x, y: bounds.y + band / 2, text },
    ),
    textTransform: horizontal ? `rotate(-90 ${bounds.x + band / 2} ${middle.y})` : null,
  };
}

function drawData(element: BpmnElement, { x, y, width, height }: Rect) {
  const fold = Math.min(width, height) * 0.3;
  const bottom = y + height - 4;
  return {
    kind: 'path' as const,
    classes: 'data',
    outline:
      `M${x} ${y}H${x + width - fold}L${x + width} ${y + fold}V${y + height}H${x}Z` +
      `M${x + width - fold} ${y}v${fold}h${fold}`,
    markers: element.isCollection
      ? [
          `M${x + width / 2 - 4} ${bottom - 8}v8M${x + width / 2} ${bottom - 8}v8M${x + width / 2 + 4} ${bottom - 8}v8`,
        ]
      : [],
  };
}

function drawStore({ x, y, width, height }: Rect) {
  const depth = height * 0.14;
  const bow = (top: number) => `M${x} ${top}a${width / 2} ${depth} 0 0 0 ${width} 0`;
  return {
    kind: 'path' as const,
    classes: 'data',
    outline:
      `M${x} ${y + depth}a${width / 2} ${depth} 0 0 1 ${width} 0V${y + height - depth}` +
      `a${width / 2} ${depth} 0 0 1 ${-width} 0Z${bow(y + depth)}${bow(y + depth * 2)}${bow(y + depth * 3)}`,
  };
}

function drawEdge(edge: DrawnEdge, mark: PictureMark | undefined): EdgePicture {
  const { element, points } = edge;
  const last = points[points.length - 1] as Point;
  const before = points[points.length - 2] as Point;
  const first = points[0] as Point;
  const second = points[1] as Point;
  const arrows = element.type !== 'association';
  const isMessage = element.type === 'messageFlow';
  let start = '';
  if (element.isDefault) {
    const at = along(first, second, 12);
    const angle = Math.atan2(second.y - first.y, second.x - first.x) - Math.PI / 3;
    const [dx, dy] = [Math.cos(angle) * 6, Math.sin(angle) * 6];
    start = `M${round(at.x - dx)} ${round(at.y - dy)}L${round(at.x + dx)} ${round(at.y + dy)}`;
  } else if (isMessage) {
    start = `M${first.x - 3.5} ${first.y}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0`;
  }
  return {
    id: element.id,
    title: element.name,
    tone: mark?.tone ?? '',
    classes:
      element.type === 'sequenceFlow'
        ? 'flow'
        : isMessage
          ? 'message'
          : element.type === 'association'
            ? 'association'
            : 'association data',
    path: points.map((point, index) => `${index === 0 ? 'M' : 'L'}${point.x} ${point.y}`).join(''),
    arrow: arrows ? arrowHead(before, last) : '',
    arrowFilled: element.type === 'sequenceFlow',
    start,
    lines: edgeLabel(edge),
  };
}

function arrowHead(from: Point, to: Point): string {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const side = (offset: number) =>
    `${round(to.x - 10 * Math.cos(angle + offset))} ${round(to.y - 10 * Math.sin(angle + offset))}`;
  return `M${side(0.42)}L${to.x} ${to.y}L${side(-0.42)}`;
}

function edgeLabel(edge: DrawnEdge): TextLine[] {
  const text = edge.element.name;
  if (!text) {
    return [];
  }
  if (edge.label) {
    return block(text, edge.label, 'middle', 90);
  }
  const middle = halfway(edge.points);
  return block(text, { x: middle.x - 45, y: middle.y - 20, width: 90, height: LINE_HEIGHT }, 'middle');
}

/** The point in the middle of a line, measured along it. */
function halfway(points: readonly Point[]): Point {
  const lengths = points.slice(1).map((point, index) => distance(points[index] as Point, point));
  let rest = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [index, length] of lengths.entries()) {
    if (rest <= length) {
      return along(points[index] as Point, points[index + 1] as Point, rest);
    }
    rest -= length;
  }
  return points[0] as Point;
}

function along(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to) || 1;
  return {
    x: from.x + ((to.x - from.x) * length) / whole,
    y: from.y + ((to.y - from.y) * length) / whole,
  };
}

const distance = (a: Point, b: Point) => Math.hypot(b.x - a.x, b.y - a.y);
const round = (value: number) => Math.round(value * 10) / 10;

function centred(bounds: Rect, scale: number): string {
  const x = bounds.x + bounds.width / 2 - 9 * scale;
  const y = bounds.y + bounds.height / 2 - 9 * scale;
  return `translate(${round(x)} ${round(y)}) scale(${Math.round(scale * 1000) / 1000})`;
}

/** Lines centred in a box; those that do not fit are cut with an ellipsis (the whole name is the element's title). */
function block(text: string, box: Rect, anchor: 'middle' | 'start', least = 0): TextLine[] {
  const width = Math.max(box.width - (least ? 0 : 8), least, FONT_SIZE);
  const fits = least ? 4 : Math.max(1, Math.floor(box.height / LINE_HEIGHT));
  const lines = wrap(text, width / FONT_SIZE, fits);
  const top = box.y + (box.height - lines.length * LINE_HEIGHT) / 2 + LINE_HEIGHT / 2;
  const x = anchor === 'middle' ? box.x + box.width / 2 : box.x;
  return lines.map((line, index) => ({
    x: round(x),
    y: round(least ? box.y + LINE_HEIGHT / 2 + index * LINE_HEIGHT : top + index * LINE_HEIGHT),
    text: line,
  }));
}

/** Events, gateways and data carry their names outside. */
function outsideLabel({ element, bounds, label }: DrawnShape): TextLine[] {
  if (!element.name) {
    return [];
  }
  const box = label ?? {
    x: bounds.x + bounds.width / 2 - 45,
    y: bounds.y + bounds.height + 4,
    width: 90,
    height: LINE_HEIGHT,
  };
  return block(element.name, box, 'middle', 90);
}

function badgeOf(bounds: Rect, mark: PictureMark | undefined): DrawnBadge | null {
  if (!mark?.badge) {
    return null;
  }
  const width = Math.max(18, emWidth(mark.badge) * 11 + 10);
  return { x: bounds.x + bounds.width - width / 2 - 2, y: bounds.y - 9, width, text: mark.badge };
}

function noteOf({ element, bounds }: DrawnShape, mark: PictureMark | undefined): TextLine[] {
  if (!mark?.note) {
    return [];
  }
  const under = isActivity(element) ? 4 : 22;
  const width = Math.max(bounds.width + 30, 130);
  return wrap(mark.note, width / 11, 2).map((text, index) => ({
    x: round(bounds.x + bounds.width / 2),
    y: round(bounds.y + bounds.height + under + 8 + index * 14),
    text,
  }));
}

function viewOf(
  document: BpmnDocument,
  shapes: readonly ShapePicture[],
  edges: readonly EdgePicture[],
): Rect {
  const xs: number[] = [];
  const ys: number[] = [];
  const add = (x: number, y: number) => {
    xs.push(x);
    ys.push(y);
  };
  for (const { bounds } of shapes) {
    add(bounds.x, bounds.y);
    add(bounds.x + bounds.width, bounds.y + bounds.height);
  }
  for (const edge of document.edges) {
    edge.points.forEach((point) => {
      add(point.x, point.y);
    });
  }
  for (const drawn of [...shapes, ...edges]) {
    const upright = 'textTransform' in drawn && drawn.textTransform !== null;
    const notes = 'note' in drawn ? drawn.note : [];
    for (const line of upright ? [] : [...drawn.lines, ...notes]) {
      const half = (emWidth(line.text) * FONT_SIZE) / 2;
      const starts = 'anchor' in drawn && drawn.anchor === 'start';
      add(line.x - (starts ? 0 : half), line.y - LINE_HEIGHT / 2);
      add(line.x + half * (starts ? 2 : 1), line.y + LINE_HEIGHT / 2);
    }
    if ('badge' in drawn && drawn.badge) {
      add(drawn.badge.x + drawn.badge.width, drawn.badge.y);
    }
  }
  if (xs.length === 0) {
    return { x: 0, y: 0, width: 1, height: 1 };
  }
  const margin = 16;
  const left = Math.min(...xs) - margin;
  const top = Math.min(...ys) - margin;
  return {
    x: Math.floor(left),
    y: Math.floor(top),
    width: Math.ceil(Math.max(...xs) + margin - left),
    height: Math.ceil(Math.max(...ys) + margin - top),
  };
}
