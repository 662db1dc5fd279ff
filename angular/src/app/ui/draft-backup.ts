import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { AppInstantPipe } from '@core';

/** Offers what `DraftAutosave` kept on this device and the server never took. Whoever shows it knows that there is something. */
@Component({
  selector: 'ui-draft-backup',
  imports: [AppInstantPipe, TranslocoDirective],
  template: `
    <section *transloco="let t" class="card" role="status">
      <p>{{ t('ui.backup.found', { time: (savedAt() | appInstant) }) }}</p>
      <div class="button-row">
        <button type="button" class="button primary" (click)="restored.emit()">
          {{ t('ui.backup.restore') }}
        </button>
        <button type="button" class="button" (click)="dropped.emit()">{{ t('ui.backup.drop') }}</button>
      </div>
    </section>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DraftBackupNotice {
  readonly savedAt = input.required<string>();
  readonly restored = output();
  readonly dropped = output();
}
