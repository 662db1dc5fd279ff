import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { SlotContentDto } from '@api/models';
import { FileList } from './file-list';

/** What one version of a slot holds, for reading. */
@Component({
  selector: 'app-ledger-slot-content',
  imports: [FileList, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (content().isNotApplicable) {
        <p>
          <strong>{{ t('pilots.ledger.notApplicable') }}</strong>
        </p>
      }
      @if (content().text) {
        <p class="text">{{ content().text }}</p>
      }
      @if (content().contactName) {
        <p>
          {{ t('pilots.ledger.contactName') }}：{{ content().contactName }}
          @if (content().contactPhone) {
            <span class="phone">{{ content().contactPhone }}</span>
          }
        </p>
      }
      @if (content().files.length > 0) {
        <app-file-list [files]="content().files" />
      }
    </ng-container>
  `,
  styles: `
    .text {
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }

    .phone {
      white-space: nowrap;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LedgerSlotContent {
  readonly content = input.required<SlotContentDto>();
}
