import { Directive, ElementRef, computed, inject, input, signal, booleanAttribute } from '@angular/core';
import { Observable, firstValueFrom, isObservable } from 'rxjs';
import { Toast } from './toast';

/**
 * `[uiBusy]="saving()"` on a submit button, or `[uiAction]="publish"` where the button itself starts the
 * request. While it runs the button keeps its focus, says that it is busy and takes no second click.
 */
@Directive({
  selector: 'button[uiBusy], button[uiAction]',
  host: {
    '[attr.aria-disabled]': 'busy() ? "true" : null',
    '[attr.aria-busy]': 'busy() ? "true" : null',
  },
})
export class Busy {
  private readonly toast = inject(Toast);
  readonly uiBusy = input(false, { transform: booleanAttribute });
  readonly uiAction = input<(() => Observable<unknown> | Promise<unknown> | undefined) | null>(null);
  private readonly running = signal(false);
  protected readonly busy = computed(() => this.uiBusy() || this.running());

  constructor() {
    // Capturing comes before every listener of the template; Angular chains its own so that they cannot
    // stop one another.
    inject<ElementRef<HTMLElement>>(ElementRef).nativeElement.addEventListener(
      'click',
      (event) => {
        if (this.busy()) {
          event.preventDefault();
          event.stopImmediatePropagation();
        } else {
          void this.start();
        }
      },
      { capture: true },
    );
  }

  private async start(): Promise<void> {
    const action = this.uiAction();
    if (!action) {
      return;
    }
    this.running.set(true);
    try {
      const work = action();
      await (isObservable(work) ? firstValueFrom(work, { defaultValue: undefined }) : work);
    } catch (error) {
      this.toast.failure(error);
    } finally {
      this.running.set(false);
    }
  }
}
