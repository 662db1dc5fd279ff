import { ChangeDetectionStrategy, Component, input, output, booleanAttribute } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { SubmissionFileDto } from '@api/models';
import { AppFileSizePipe } from '@core';
import { fileAddress } from './labels';

/** Files to download; removable ones carry a button. */
@Component({
  selector: 'app-file-list',
  imports: [AppFileSizePipe, TranslocoDirective],
  template: `
    <ul *transloco="let t">
      @for (file of files(); track file.id) {
        <li>
          <a [href]="address(file.id)" download>{{ file.name }}</a>
          <span class="quiet">{{ file.size | appFileSize }}</span>
          @if (removable()) {
            <button type="button" class="button small link" (click)="removed.emit(file)">
              {{ t('pilots.files.remove') }}
              <span class="visually-hidden">{{ file.name }}</span>
            </button>
          }
        </li>
      } @empty {
        <li class="quiet">{{ t('pilots.files.none') }}</li>
      }
    </ul>
  `,
  styles: `
    ul {
      padding: 0;
      list-style: none;
    }

    li {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 12px;
      align-items: center;
      padding: 4px 0;
      overflow-wrap: anywhere;
    }

    a {
      min-height: 1.5rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FileList {
  readonly files = input.required<readonly SubmissionFileDto[]>();
  readonly removable = input(false, { transform: booleanAttribute });
  readonly removed = output<SubmissionFileDto>();
  protected readonly address = fileAddress;
}
