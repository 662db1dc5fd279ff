import { ChangeDetectionStrategy, Component, ElementRef, inject, input, afterNextRender } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Busy, Toast } from '@ui';

/** A secret that the server will never show again: takes the focus, says so, and can be copied. */
@Component({
  selector: 'app-shown-once',
  imports: [Busy, TranslocoDirective],
  template: `
    <section *transloco="let t" class="card" role="status" tabindex="-1">
      <h2>{{ title() }}</h2>
      <p>{{ text() }}</p>
      <p class="secret"><code translate="no">{{ secret() }}</code></p>
      <div class="button-row">
        <button type="button" class="button" [uiAction]="copy">{{ t('administration.copy') }}</button>
        <ng-content />
      </div>
    </section>
  `,
  styles: `
    section {
      margin-bottom: 16px;
      border-left: 3px solid var(--attention);
    }

    .secret {
      overflow-wrap: anywhere;
      font-size: 1.25rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ShownOnce {
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  /** Already translated. */
  readonly title = input.required<string>();
  readonly text = input.required<string>();
  readonly secret = input.required<string>();

  constructor() {
    afterNextRender(() => this.host.nativeElement.querySelector('section')?.focus());
  }

  protected readonly copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(this.secret());
    this.toast.success(this.transloco.translate('administration.copied'));
  };
}
