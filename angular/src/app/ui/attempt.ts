import { signal } from '@angular/core';
import { ApiProblem } from '@core';

/**
 * What a dialog or a form does with the server, once or again: busy meanwhile, and where it failed the problem that its
 * form or its problem view shows.
 *
 * `saving = new Attempt()`, then `[uiForm]="saving.problem()"`, `[uiBusy]="saving.running()"` and `saving.run(…)`.
 */
export class Attempt {
  private readonly busy = signal(false);
  private readonly failure = signal<ApiProblem | null>(null);

  readonly running = this.busy.asReadonly();
  readonly problem = this.failure.asReadonly();

  /** Never rejects: whatever goes wrong is the problem. */
  async run(work: () => Promise<unknown>): Promise<void> {
    this.busy.set(true);
    this.failure.set(null);
    try {
      await work();
    } catch (error) {
      this.failure.set(ApiProblem.from(error));
    } finally {
      this.busy.set(false);
    }
  }

  /** The person has read it. */
  dismiss(): void {
    this.failure.set(null);
  }
}
