import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { formatTime } from '@core';
import { AutosaveStatus } from './draft-autosave';
import { problemText } from './problem-text';

/** “已保存 10:32”, “正在保存…”, or what went wrong with a retry. */
@Component({
  selector: 'ui-autosave-indicator',
  imports: [TranslocoDirective],
  template: `
    <span *transloco="let t" class="indicator" role="status" [class.bad]="bad()">
      @switch (autosave().state()) {
        @case ('pending') {
          {{ t('ui.autosave.pending') }}
        }
        @case ('saving') {
          {{ t('ui.autosave.saving') }}
        }
        @case ('saved') {
          {{ t('ui.autosave.saved', { time: time() }) }}
        }
        @case ('failed') {
          <span>{{ t('ui.autosave.failed', { reason: reason() }) }}</span>
          <button type="button" class="button small" (click)="autosave().flush()">{{ t('ui.retry') }}</button>
        }
        @case ('conflict') {
          {{ t('ui.autosave.conflict') }}
        }
      }
    </span>
  `,
  styles: `
    .indicator {
      display: inline-flex;
      gap: 8px;
      align-items: center;
      color: var(--text-quiet);
    }

    .bad {
      color: var(--bad);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AutosaveIndicator {
  private readonly transloco = inject(TranslocoService);
  readonly autosave = input.required<AutosaveStatus>();
  protected readonly bad = computed(() => ['failed', 'conflict'].includes(this.autosave().state()));
  protected readonly time = computed(() => {
    const at = this.autosave().savedAt();
    return at ? formatTime(at) : '';
  });
  protected readonly reason = computed(() => {
    const problem = this.autosave().problem();
    return problem ? problemText(problem, this.transloco) : '';
  });
}
