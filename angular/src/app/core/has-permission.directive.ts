import { Directive, TemplateRef, ViewContainerRef, effect, inject, input } from '@angular/core';
import { SessionService } from './session.service';

/** `*appHasPermission="'Pilots.Deliverables.Review'"`, or a list of which any one suffices. */
@Directive({ selector: '[appHasPermission]' })
export class HasPermission {
  readonly appHasPermission = input.required<string | readonly string[]>();

  constructor() {
    const session = inject(SessionService);
    const template = inject(TemplateRef);
    const container = inject(ViewContainerRef);
    effect(() => {
      const wanted = this.appHasPermission();
      const allowed = session.canAny(typeof wanted === 'string' ? [wanted] : wanted);
      if (allowed && container.length === 0) {
        container.createEmbeddedView(template);
      } else if (!allowed) {
        container.clear();
      }
    });
  }
}
