import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  signal,
} from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Field, Toast, UiInput } from '@ui';
import { EventKind } from '../flow/bpmn-document';
import { typeWords } from '../flow/flow-picture';
import { Finding } from '../models';
import { FlowEditor, NodeRow } from './flow-editor';
import { KindKey, NODE_KINDS } from './kinds';

/**
 * The same flow as tables: every step and every flow, added, changed, connected and taken away by keyboard. It edits the
 * model of the canvas, so both show the same at any time.
 */
@Component({
  selector: 'app-table-editor',
  imports: [Field, TranslocoDirective, UiInput],
  templateUrl: './table-editor.html',
  styleUrls: ['../plain-table.scss', './table-editor.scss'],
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TableEditor {
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);

  readonly editor = input.required<FlowEditor>();
  readonly findings = input<readonly Finding[]>([]);
  /** The person wants to change this element: the page leads the focus to the panel. */
  readonly edit = output<string>();

  protected readonly kinds = NODE_KINDS;
  protected readonly kind = signal<KindKey>('userTask');
  protected readonly name = signal('');
  protected readonly between = signal(true);
  protected readonly selected = computed(() => this.editor().selectedId());
  protected readonly nodes = computed(() => this.editor().nodes());
  protected readonly rows = computed(() => {
    const nodes = this.nodes();
    const flows = this.editor().flows();
    const names = new Map(nodes.map((node) => [node.id, this.nameOf(node)]));
    return nodes.map((node) => ({
      node,
      name: this.nameOf(node),
      type: this.typeOf(node),
      place: [
        node.hostId
          ? this.transloco.translate('workflows.table.on', { name: names.get(node.hostId) ?? '' })
          : '',
        names.has(node.parentId)
          ? this.transloco.translate('workflows.table.in', { name: names.get(node.parentId) ?? '' })
          : '',
      ]
        .filter((text) => text)
        .join(' '),
      next: flows
        .filter((flow) => flow.sourceId === node.id)
        .map((flow) => names.get(flow.targetId) ?? flow.targetId),
      errors: this.countOf(node.id, 'Error'),
      warnings: this.countOf(node.id, 'Warning'),
    }));
  });
  protected readonly flows = computed(() => {
    const names = new Map(this.nodes().map((node) => [node.id, this.nameOf(node)]));
    return this.editor()
      .flows()
      .map((flow) => ({
        ...flow,
        source: names.get(flow.sourceId) ?? flow.sourceId,
        target: names.get(flow.targetId) ?? flow.targetId,
        errors: this.countOf(flow.id, 'Error'),
      }));
  });
  protected readonly hanging = computed(
    () => NODE_KINDS.find((entry) => entry.key === this.kind())?.boundary === true,
  );
  protected readonly isStart = computed(
    () => NODE_KINDS.find((entry) => entry.key === this.kind())?.type === 'bpmn:StartEvent',
  );
  protected readonly activities = computed(() =>
    this.nodes().filter((node) => /Task$|^task$|^subProcess$|^callActivity$/.test(node.type)),
  );
  protected readonly subProcesses = computed(() => this.nodes().filter((node) => node.type === 'subProcess'));
  protected readonly sources = computed(() => this.nodes().filter((node) => node.type !== 'endEvent'));
  protected readonly targets = computed(() =>
    this.nodes().filter((node) => node.type !== 'startEvent' && node.type !== 'boundaryEvent'),
  );
  /** What is selected is what one usually goes on from; otherwise the last step. */
  protected readonly after = linkedSignal(() => {
    const selected = this.selected();
    const sources = this.sources();
    return sources.some((node) => node.id === selected) ? (selected ?? '') : (sources.at(-1)?.id ?? '');
  });
  protected readonly host = linkedSignal(() => {
    const selected = this.selected();
    const activities = this.activities();
    return activities.some((node) => node.id === selected) ? (selected ?? '') : (activities[0]?.id ?? '');
  });
  protected readonly parent = signal('');
  protected readonly from = linkedSignal(() => this.after());
  protected readonly to = linkedSignal(() => this.targets()[0]?.id ?? '');
  protected readonly followed = computed(() =>
    this.editor()
      .flows()
      .some((flow) => flow.sourceId === this.after()),
  );

  protected nameOf(node: NodeRow): string {
    return node.name || `${this.typeOf(node)} ${node.id}`;
  }

  protected add(event: Event): void {
    event.preventDefault();
    const alone = this.isStart() || (!this.hanging() && !this.after());
    const id = this.editor().add({
      kind: this.kind(),
      name: this.name().trim(),
      afterId: alone || this.hanging() ? null : this.after(),
      between: this.between(),
      hostId: this.hanging() ? this.host() : null,
      parentId: this.parent() || null,
    });
    this.name.set('');
    const node = this.nodes().find((row) => row.id === id);
    this.toast.announce(
      this.transloco.translate('workflows.table.added', { name: node ? this.nameOf(node) : '' }),
    );
  }

  protected connect(event: Event): void {
    event.preventDefault();
    const id = this.editor().connect(this.from(), this.to());
    if (id) {
      this.editor().select(id);
      this.toast.announce(this.transloco.translate('workflows.table.connected'));
    } else {
      this.toast.success(this.transloco.translate('workflows.table.refused'));
    }
  }

  protected redirect(flowId: string, select: HTMLSelectElement, before: string): void {
    if (!this.editor().redirect(flowId, select.value)) {
      select.value = before;
      this.toast.success(this.transloco.translate('workflows.table.refused'));
    }
  }

  protected remove(id: string, name: string, title: HTMLElement): void {
    this.editor().remove(id);
    // The pressed button is gone with its row: who works by keyboard goes on above the table.
    title.focus();
    this.toast.success(this.transloco.translate('workflows.table.removed', { name }));
  }

  protected open(id: string): void {
    this.editor().select(id);
    this.edit.emit(id);
  }

  private typeOf(node: NodeRow): string {
    return typeWords({ ...node, event: node.event as EventKind }, this.transloco);
  }

  private countOf(id: string, severity: Finding['severity']): number {
    return this.findings().filter((finding) => finding.elementId === id && finding.severity === severity)
      .length;
  }
}
