import { DOCUMENT, DestroyRef, inject } from '@angular/core';
import { CanDeactivateFn } from '@angular/router';
import { TranslocoService } from '@jsverse/transloco';
import { SessionService } from '@core';
import { Confirm } from './confirm';

export interface HasUnsavedChanges {
  hasUnsavedChanges(): boolean;
}

/** `canDeactivate: [unsavedChangesGuard]`; pages without `hasUnsavedChanges` pass. */
export const unsavedChangesGuard: CanDeactivateFn<Partial<HasUnsavedChanges> | null> = async (page) => {
  if (!page?.hasUnsavedChanges?.()) {
    return true;
  }
  // After a time-out the way to the sign-in page must be free; drafts are kept on this device.
  if (!inject(SessionService).isAuthenticated()) {
    return true;
  }
  const transloco = inject(TranslocoService);
  const confirmed = await inject(Confirm).ask({
    title: transloco.translate('ui.unsaved.title'),
    message: transloco.translate('ui.unsaved.text'),
    confirmLabel: transloco.translate('ui.unsaved.leave'),
    danger: true,
  });
  return confirmed !== null;
};

/** Call in a page's constructor: closing the tab asks as well. */
export function warnBeforeUnload(page: HasUnsavedChanges): void {
  const window = inject(DOCUMENT).defaultView;
  const warn = (event: BeforeUnloadEvent) => {
    if (page.hasUnsavedChanges()) {
      event.preventDefault();
    }
  };
  window?.addEventListener('beforeunload', warn);
  inject(DestroyRef).onDestroy(() => window?.removeEventListener('beforeunload', warn));
}
