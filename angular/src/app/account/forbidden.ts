import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';

@Component({
  selector: 'app-forbidden',
  imports: [RouterLink, TranslocoDirective],
  template: `
    <section *transloco="let t" class="card stack">
      <h1>{{ t('forbidden.title') }}</h1>
      <p>{{ t('forbidden.text') }}</p>
      <p class="quiet">{{ t('forbidden.advice') }}</p>
      <div class="button-row">
        <a class="button primary" routerLink="/">{{ t('ui.toWorkbench') }}</a>
      </div>
    </section>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ForbiddenPage {}
