import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';

/** Skeleton lines while something loads; spoken as “正在加载”. */
@Component({
  selector: 'ui-loading',
  imports: [TranslocoDirective],
  template: `
    <div *transloco="let t" role="status">
      <span class="visually-hidden">{{ t('ui.loading') }}</span>
      @for (line of list(); track line) {
        <div class="bone" aria-hidden="true"></div>
      }
    </div>
  `,
  styles: `
    div[role='status'] {
      display: grid;
      gap: 12px;
      padding: 8px 0;
    }

    .bone {
      height: 1.25rem;
      border-radius: var(--radius);
      background: linear-gradient(90deg, #e6eaf0 25%, #f2f5f8 50%, #e6eaf0 75%) 0 / 200% 100%;
      animation: shimmer 1.6s infinite linear;
    }

    .bone:last-child:not(:first-child) {
      width: 60%;
    }

    @keyframes shimmer {
      from {
        background-position: 100% 0;
      }

      to {
        background-position: -100% 0;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Loading {
  readonly lines = input(4);
  protected readonly list = computed(() => Array.from({ length: this.lines() }, (_, index) => index));
}
