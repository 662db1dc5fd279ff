import { NgTemplateOutlet } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  ElementRef,
  booleanAttribute,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { formatDate } from '@core';
import { FlowState } from '../models';
import { BpmnDocument, BpmnElement, inReadingOrder, readBpmn } from './bpmn-document';
import { marksOf } from './flow-marks';
import { MarkTone, PictureMark, ShapePicture, draw } from './picture-drawing';

/** Signs of the tones: what colour says is said again by a shape. */
const SIGNS: Partial<Record<MarkTone, string>> = {
  done: '✓',
  live: '▶',
  failed: '!',
  error: '!',
  warning: '?',
  added: '＋',
  removed: '－',
  changed: '≠',
  moved: '↔',
};

/** What one comes to see where nothing is in progress. */
const STRIKING: readonly string[] = ['failed', 'added', 'removed', 'changed', 'error', 'warning'];

/** Below this the words of a picture (12 px) cannot be read. */
const LEGIBLE = 0.9;
const SMALLEST = 0.25;

/**
 * A flow as a picture: drawn from its own diagram, with what happened, where it stands and what is expected.
 * The same is listed beside it for those who do not see the picture.
 */
@Component({
  selector: 'app-flow-picture',
  imports: [NgTemplateOutlet, TranslocoDirective],
  templateUrl: './flow-picture.html',
  styleUrl: './flow-picture.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FlowPicture {
  private readonly transloco = inject(TranslocoService);
  private readonly language = toSignal(this.transloco.langChanges$, {
    initialValue: this.transloco.getActiveLang(),
  });

  /** BPMN 2.0 XML with its diagram. */
  readonly xml = input.required<string>();
  /** What it is a picture of, already translated. */
  readonly caption = input.required<string>();
  readonly state = input<FlowState | null>(null);
  /** Further marks: differences, findings, numbers of instances. */
  readonly marks = input<readonly PictureMark[]>([]);
  /** Without the list: where the page lists the same already. */
  readonly plain = input(false, { transform: booleanAttribute });

  protected readonly scroller = viewChild<ElementRef<HTMLElement>>('scroller');
  private readonly room = signal(0);
  private readonly chosen = signal<number | 'whole' | null>(null);

  protected readonly document = computed<BpmnDocument | null>(() => {
    try {
      return readBpmn(this.xml());
    } catch {
      // Said in the template: a model that cannot be read has no picture.
      return null;
    }
  });
  private readonly allMarks = computed<readonly PictureMark[]>(() => {
    this.language();
    const document = this.document();
    const state = this.state();
    const own = document && state ? marksOf(document, state, (live) => this.whoSince(live)) : [];
    const further = this.marks();
    const overlaid = new Set(further.map((mark) => mark.elementId));
    return [...own.filter((mark) => !overlaid.has(mark.elementId)), ...further];
  });
  protected readonly picture = computed(() => {
    const document = this.document();
    return document
      ? draw(document, this.allMarks())
      : { view: { x: 0, y: 0, width: 1, height: 1 }, shapes: [], edges: [] };
  });
  protected readonly containers = computed(() =>
    this.picture().shapes.filter((shape) => this.contains(shape)),
  );
  protected readonly nodes = computed(() => this.picture().shapes.filter((shape) => !this.contains(shape)));
  protected readonly viewBox = computed(() => {
    const { x, y, width, height } = this.picture().view;
    return `${x} ${y} ${width} ${height}`;
  });
  /** What shows the whole flow, however small its words become. */
  private readonly whole = computed(() =>
    this.room() > 0 ? Math.min(1, Math.max(this.room() / this.picture().view.width, SMALLEST)) : 1,
  );
  /** Before anybody has chosen, words stay large enough to read, and the present step is scrolled to. */
  protected readonly scale = computed(() => {
    const chosen = this.chosen();
    return chosen === 'whole' ? this.whole() : (chosen ?? Math.max(this.whole(), LEGIBLE));
  });
  protected readonly fitted = computed(() => this.scale() === this.whole());
  protected readonly percent = computed(() => `${Math.round(this.scale() * 100)}%`);
  protected readonly legend = computed(() => [...new Set(this.allMarks().map((mark) => mark.tone))]);
  protected readonly description = computed(() => {
    this.language();
    const steps = this.rows().length;
    const live = (this.state()?.live ?? []).map((node) => `${node.name} ${this.whoSince(node)}`.trim());
    const base: string = this.transloco.translate('workflows.picture.description', {
      caption: this.caption(),
      steps,
    });
    return live.length > 0
      ? base + String(this.transloco.translate('workflows.picture.now', { steps: live.join('；') }))
      : base;
  });
  protected readonly rows = computed(() => {
    this.language();
    const document = this.document();
    if (!document) {
      return [];
    }
    const marks = new Map(this.allMarks().map((mark) => [mark.elementId, mark]));
    const flows = [...document.elements.values()].filter((element) => element.type === 'sequenceFlow');
    return inReadingOrder(document).map((element) => {
      const mark = marks.get(element.id);
      const words: string = mark ? this.transloco.translate(`workflows.tone.${mark.tone}`) : '';
      return {
        id: element.id,
        name: this.nameOf(element),
        type: this.typeOf(element),
        state: [words, mark?.badge, mark?.note].filter((text) => text).join(' '),
        next: flows
          .filter((flow) => flow.sourceId === element.id)
          .map((flow) => {
            const target = document.elements.get(flow.targetId ?? '');
            const to = target ? this.nameOf(target) : '';
            const when =
              flow.name ||
              (flow.isDefault
                ? this.transloco.translate('workflows.list.otherwise')
                : (flow.condition ?? ''));
            return when ? `${when} → ${to}` : to;
          }),
      };
    });
  });

  constructor() {
    const destroy = inject(DestroyRef);
    effect((onCleanup) => {
      const box = this.scroller()?.nativeElement;
      if (!box || typeof ResizeObserver === 'undefined') {
        return;
      }
      const observer = new ResizeObserver(() => {
        this.room.set(box.clientWidth);
      });
      observer.observe(box);
      onCleanup(() => {
        observer.disconnect();
      });
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    effect(() => {
      // Brings the present step, or what is marked, into view once the picture has its size.
      const box = this.scroller()?.nativeElement;
      const shapes = this.picture().shapes;
      const live =
        shapes.find((shape) => shape.tone === 'live') ??
        shapes.find((shape) => STRIKING.includes(shape.tone));
      if (box && live && this.room() > 0) {
        const { view } = untracked(this.picture);
        const scale = untracked(this.scale);
        clearTimeout(timer);
        timer = setTimeout(() => {
          box.scrollLeft = (live.bounds.x + live.bounds.width / 2 - view.x) * scale - box.clientWidth / 2;
          box.scrollTop = (live.bounds.y + live.bounds.height / 2 - view.y) * scale - box.clientHeight / 2;
        });
      }
    });
    destroy.onDestroy(() => {
      clearTimeout(timer);
    });
  }

  protected zoom(factor: number): void {
    this.chosen.set(Math.min(3, Math.max(SMALLEST, this.scale() * factor)));
  }

  protected fit(): void {
    this.chosen.set('whole');
  }

  /** Where the sign sits: on the outline, not in the empty corner beside it, where names stand. */
  protected corner(shape: ShapePicture): { x: number; y: number } {
    const { x, y, width, height } = shape.bounds;
    const inward = shape.kind === 'diamond' ? 0.25 : shape.kind === 'circle' ? 0.15 : 0;
    return { x: x + 1 + inward * width, y: y + 1 + inward * height };
  }

  protected sign(tone: string): string {
    return SIGNS[tone as MarkTone] ?? '';
  }

  /** Templates of outlets are not typed. */
  protected asShape(shape: unknown): ShapePicture {
    return shape as ShapePicture;
  }

  private contains(shape: ShapePicture): boolean {
    return shape.kind === 'lane' || /\bopen\b/.test(shape.classes);
  }

  private nameOf(element: BpmnElement): string {
    return element.name || this.typeOf(element);
  }

  private typeOf(element: BpmnElement): string {
    return typeWords(element, this.transloco);
  }

  private whoSince(live: FlowState['live'][number]): string {
    if (!live.since) {
      // No work of a person: a timer, or something that the flow itself waits for.
      return live.who.join('、');
    }
    const who = live.who.join('、') || String(this.transloco.translate('workflows.picture.nobody'));
    return `${who} ${String(this.transloco.translate('workflows.picture.since', { date: formatDate(live.since) }))}`;
  }
}

/** The kind of an element in words: 定时开始事件, 人工环节（多人并行）. */
export function typeWords(
  element: Pick<BpmnElement, 'type' | 'event' | 'loop'> & { readonly interrupting?: boolean },
  transloco: TranslocoService,
): string {
  const t = (key: string, values?: Record<string, string>) => transloco.translate(key, values) as string;
  const kind = t(`workflows.type.${element.type}`);
  const event = element.event === 'none' ? '' : t(`workflows.event.${element.event}`);
  const loop = element.loop ? t(`workflows.loop.${element.loop}`) : '';
  const gentle =
    element.type === 'boundaryEvent' && element.interrupting === false
      ? t('workflows.event.nonInterrupting')
      : '';
  const extra = [event, loop, gentle].filter((word) => word).join(t('workflows.comma'));
  return extra ? t('workflows.typeWith', { kind, extra }) : kind;
}
