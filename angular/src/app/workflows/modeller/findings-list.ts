import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Finding } from '../models';
import { refusalText } from './refusals';

/** Findings whose words are here: the editor can say them before the server has answered. */
const KNOWN = new Set([
  'no-start',
  'several-starts',
  'empty-sub-process',
  'unreachable',
  'endless',
  'implicit-end',
  'flow-misplaced',
  'default-missing',
  'default-unknown',
  'condition-missing',
  'condition-ignored',
  'join-never-met',
  'event-gateway-too-few',
  'handler-missing',
  'handler-unknown',
  'assignee-missing',
  'step-unknown',
  'step-not-earlier',
  'expression-invalid',
  'variable-undeclared',
  'variable-not-a-list',
  'time-missing',
  'time-invalid',
  'message-missing',
  'error-code-missing',
  'count-missing',
  'called-missing',
  'called-unknown',
  'field-type-differs',
  'options-wrong',
  'name-missing',
  'name-twice',
  'refused',
]);

/** What is to be mended before publishing; each entry leads to its element. */
@Component({
  selector: 'app-findings-list',
  imports: [TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <h2 tabindex="-1">
        {{ t('workflows.findings.title') }}
        @if (errors() > 0) {
          <span class="bad">■ {{ t('workflows.findings.errors', { count: errors() }) }}</span>
        }
        @if (warnings() > 0) {
          <span class="attention">▲ {{ t('workflows.findings.warnings', { count: warnings() }) }}</span>
        }
      </h2>
      <p class="quiet" role="status">{{ checking() ? t('workflows.findings.checking') : '' }}</p>
      <ul>
        @for (row of rows(); track $index) {
          <li>
            <span [class]="row.severity === 'Error' ? 'bad' : 'attention'">
              <span aria-hidden="true">{{ row.severity === 'Error' ? '■' : '▲' }}</span>
              <span class="visually-hidden">{{ t('workflows.findings.severity.' + row.severity) }}</span>
            </span>
            @if (row.elementId) {
              <button type="button" class="button link small" (click)="chosen.emit(row.elementId)">
                {{ row.name }}
              </button>
            }
            <span>{{ row.text }}</span>
          </li>
        } @empty {
          @if (!checking()) {
            <li class="quiet">{{ t('workflows.findings.none') }}</li>
          }
        }
      </ul>
    </ng-container>
  `,
  styles: `
    ul {
      padding: 0;
      list-style: none;
    }

    li {
      display: flex;
      flex-wrap: wrap;
      gap: 0 8px;
      align-items: baseline;
    }

    .bad {
      color: var(--bad);
    }

    .attention {
      color: var(--attention);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FindingsList {
  private readonly transloco = inject(TranslocoService);
  readonly findings = input.required<readonly Finding[]>();
  readonly nameOf = input.required<(elementId: string) => string>();
  readonly checking = input(false);
  readonly chosen = output<string>();

  protected readonly errors = computed(
    () => this.findings().filter((finding) => finding.severity === 'Error').length,
  );
  protected readonly warnings = computed(() => this.findings().length - this.errors());
  protected readonly rows = computed(() => {
    const nameOf = this.nameOf();
    return [...this.findings()]
      .sort((a, b) => Number(a.severity === 'Warning') - Number(b.severity === 'Warning'))
      .map((finding) => ({
        ...finding,
        name: finding.elementId ? nameOf(finding.elementId) : '',
        text: this.textOf(finding, nameOf),
      }));
  });

  private textOf(finding: Finding, nameOf: (id: string) => string): string {
    if (finding.text || !KNOWN.has(finding.code)) {
      return finding.text || finding.code;
    }
    if (finding.code === 'refused') {
      return refusalText(finding.values, this.transloco);
    }
    const { step, choice, flow } = finding.values;
    return this.transloco.translate(`workflows.finding.${finding.code}`, {
      ...finding.values,
      ...(step ? { step: nameOf(step) } : {}),
      ...(choice ? { choice: nameOf(choice) } : {}),
      ...(flow ? { flow: nameOf(flow) } : {}),
    });
  }
}
