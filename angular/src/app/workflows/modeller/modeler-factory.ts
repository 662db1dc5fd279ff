import Modeler from 'bpmn-js/lib/Modeler';
import { BPMN_JS_CHINESE } from './bpmn-js-texts';
import * as Diagram from './diagram';
import {
  APPENDED,
  KindKey,
  NODE_KINDS,
  NodeKind,
  PAD_ENTRIES,
  PALETTE_TOOLS,
  REPLACEMENTS,
  TOGGLES,
  attributesOf,
} from './kinds';
import { PILOT_MODDLE } from './pilot-moddle';

/** What the canvas says, in the reader's language. */
export interface ModelerWords {
  readonly chinese: () => boolean;
  readonly kind: (key: KindKey) => string;
  readonly append: (key: KindKey) => string;
  readonly annotation: () => string;
}

interface Entry {
  readonly group?: string;
  readonly className?: string;
  readonly title?: string;
  readonly action?: Readonly<Record<string, (event: Event, element: Diagram.DiagramElement) => unknown>>;
}
type Entries = Record<string, Entry>;
type Update = (entries: Entries) => Entries;

interface Registry {
  registerProvider(...parts: unknown[]): void;
}

interface Create {
  start(event: Event, shapes: Diagram.DiagramElement | Diagram.DiagramElement[], context?: object): void;
}

interface EventBus {
  on(
    event: string | string[],
    priority: number,
    listener: (event: { context: Diagram.Properties }) => unknown,
  ): void;
}

/** After the providers of bpmn-js itself. */
const LATER = 500;

const filtered = (entries: Entries, allowed: ReadonlySet<string>): Entries =>
  Object.fromEntries(Object.entries(entries).filter(([id]) => allowed.has(id)));

/**
 * A bpmn-js modeler that can only draw what the engine executes and that knows our extension elements. Its mark stays
 * visible, as its licence asks.
 */
export function createModeler(container: HTMLElement, words: ModelerWords): Diagram.Modeler {
  return new Modeler({
    container,
    moddleExtensions: { pilot: PILOT_MODDLE },
    additionalModules: [supportedOnly(words)],
  }) as unknown as Diagram.Modeler;
}

function supportedOnly(words: ModelerWords) {
  return {
    __init__: ['supportedPalette', 'supportedPad', 'supportedReplacements', 'supportedRules'],
    translate: ['value', translator(words)],
    // These draw their icons with style attributes, which the content security policy forbids.
    alignElementsContextPadProvider: ['value', null],
    alignElementsMenuProvider: ['value', null],
    distributeElementsMenuProvider: ['value', null],
    supportedPalette: ['type', paletteProvider(words)],
    supportedPad: ['type', padProvider(words)],
    supportedReplacements: ['type', replacementProvider()],
    supportedRules: ['factory', rules()],
  };
}

function translator(words: ModelerWords) {
  return (template: string, values: Readonly<Record<string, string>> = {}) => {
    const text = words.chinese() ? (BPMN_JS_CHINESE[template] ?? template) : template;
    return text.replace(/\{([^}]+)\}/g, (whole, name: string) => values[name] ?? whole);
  };
}

function paletteProvider(words: ModelerWords) {
  class SupportedPalette {
    static readonly $inject = ['palette', 'create', 'elementFactory'];

    constructor(
      palette: Registry,
      private readonly create: Create,
      private readonly factory: Diagram.ElementFactory,
    ) {
      palette.registerProvider(LATER, this);
    }

    getPaletteEntries(): Update {
      return (entries) => {
        const tools = filtered(entries, PALETTE_TOOLS);
        const pool = tools['create.participant-expanded'];
        const kept = Object.fromEntries(
          Object.entries(tools).filter(([id]) => id !== 'create.participant-expanded'),
        );
        for (const kind of NODE_KINDS) {
          const start = (event: Event) => {
            this.start(event, kind);
          };
          kept[`create.${kind.key}`] = {
            group: kind.group,
            className: `bpmn-icon-${kind.icon}`,
            title: words.kind(kind.key),
            action: { dragstart: start, click: start },
          };
        }
        const annotate = (event: Event) => {
          this.create.start(event, this.factory.createShape({ type: 'bpmn:TextAnnotation' }));
        };
        kept['create.annotation'] = {
          group: 'artifact',
          className: 'bpmn-icon-text-annotation',
          title: words.annotation(),
          action: { dragstart: annotate, click: annotate },
        };
        if (pool) {
          kept['create.participant-expanded'] = pool;
        }
        return kept;
      };
    }

    private start(event: Event, kind: NodeKind): void {
      const shape = this.factory.createShape({ ...attributesOf(kind), x: 0, y: 0 });
      if (kind.key === 'subProcess') {
        const begin = this.factory.createShape({ type: 'bpmn:StartEvent', x: 40, y: 82, parent: shape });
        this.create.start(event, [shape, begin], { hints: { autoSelect: [shape] } });
      } else {
        this.create.start(event, shape);
      }
    }
  }
  return SupportedPalette;
}

function padProvider(words: ModelerWords) {
  class SupportedPad {
    static readonly $inject = ['contextPad', 'autoPlace', 'create', 'elementFactory'];

    constructor(
      pad: Registry,
      private readonly autoPlace: Diagram.AutoPlace,
      private readonly create: Create,
      private readonly factory: Diagram.ElementFactory,
    ) {
      pad.registerProvider(LATER, this);
    }

    getContextPadEntries(element: Diagram.DiagramElement): Update {
      return (entries) => {
        const kept = filtered(entries, PAD_ENTRIES);
        const appends = 'append.gateway' in entries;
        const added: Entries = {};
        for (const key of appends ? APPENDED : []) {
          const kind = NODE_KINDS.find((candidate) => candidate.key === key);
          if (kind) {
            added[`append.${key}`] = {
              group: 'model',
              className: `bpmn-icon-${kind.icon}`,
              title: words.append(key),
              action: {
                click: () => this.autoPlace.append(element, this.factory.createShape(attributesOf(kind))),
                dragstart: (event) => {
                  this.create.start(event, this.factory.createShape(attributesOf(kind)), { source: element });
                },
              },
            };
          }
        }
        return { ...added, ...kept };
      };
    }
  }
  return SupportedPad;
}

function replacementProvider() {
  class SupportedReplacements {
    static readonly $inject = ['popupMenu'];

    constructor(menu: Registry) {
      menu.registerProvider('bpmn-replace', LATER, this);
    }

    getPopupMenuEntries(): Update {
      return (entries) => filtered(entries, REPLACEMENTS);
    }

    getPopupMenuHeaderEntries(): Update {
      return (entries) => filtered(entries, TOGGLES);
    }
  }
  return SupportedReplacements;
}

/** A message caught at a boundary is not executed: such an event cannot be put on a border. */
function rules() {
  const install = (bus: EventBus): void => {
    bus.on(
      [
        'commandStack.elements.move.canExecute',
        'commandStack.shape.create.canExecute',
        'commandStack.shape.attach.canExecute',
      ],
      1500,
      ({ context }) => {
        const shapes = (context['shapes'] ?? [context['shape']]) as (Diagram.DiagramElement | undefined)[];
        const target = context['target'] as Diagram.DiagramElement | undefined;
        const onActivity =
          target?.businessObject.$instanceOf?.('bpmn:Activity') === true &&
          (!target.businessObject.$instanceOf('bpmn:SubProcess') || target.children?.length === 0);
        return onActivity && shapes.some((shape) => shape && waitsForMessage(shape)) ? false : undefined;
      },
    );
  };
  install.$inject = ['eventBus'];
  return install;
}

function waitsForMessage(shape: Diagram.DiagramElement): boolean {
  if (!shape.businessObject.$instanceOf?.('bpmn:CatchEvent')) {
    return false;
  }
  const definitions = (shape.businessObject.get('eventDefinitions') ?? []) as Diagram.ModdleElement[];
  return definitions.some((definition) => definition.$type === 'bpmn:MessageEventDefinition');
}
