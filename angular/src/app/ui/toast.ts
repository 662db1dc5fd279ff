import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Injectable, inject } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import { TranslocoService } from '@jsverse/transloco';
import { ApiProblem } from '@core';
import { problemText } from './problem-text';

/** Short words about what just happened, shown and spoken. */
@Injectable({ providedIn: 'root' })
export class Toast {
  private readonly bar = inject(MatSnackBar);
  private readonly announcer = inject(LiveAnnouncer);
  private readonly transloco = inject(TranslocoService);

  /** Already translated text. */
  success(text: string): void {
    this.bar.open(text, undefined, { duration: 5000, politeness: 'polite' });
  }

  /** Stays until it is closed: nobody should miss a failure because it faded. */
  failure(error: unknown): void {
    const problem = ApiProblem.from(error);
    this.bar.open(problemText(problem, this.transloco), this.transloco.translate('ui.close'), {
      politeness: 'assertive',
    });
  }

  /** Spoken only, for changes that one sees anyway (a row moved, results filtered). */
  announce(text: string): void {
    void this.announcer.announce(text, 'polite');
  }
}
