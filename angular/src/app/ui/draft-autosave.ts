import { DOCUMENT, DestroyRef, Injector, Signal, inject, signal } from '@angular/core';
import { Observable, Subscription } from 'rxjs';
import { ApiProblem, SessionService } from '@core';

export type AutosaveState = 'idle' | 'pending' | 'saving' | 'saved' | 'failed' | 'conflict';

export interface AutosaveOptions<T> {
  /** Which draft: `pilot-plan:{id}`. Backups on this device are kept apart by it and by the person. */
  readonly key: string;
  /** Saves on the server. */
  readonly save: (value: T) => Observable<unknown>;
  /** Pause after the last change; 1.5 s by default. */
  readonly delay?: number;
  readonly injector?: Injector;
}

export interface DraftBackup<T> {
  readonly value: T;
  readonly savedAt: string;
}

const PREFIX = 'pilot-draft';

/** What the indicator shows; any draft has it, whatever its value. */
export interface AutosaveStatus {
  readonly state: Signal<AutosaveState>;
  readonly savedAt: Signal<Date | null>;
  readonly problem: Signal<ApiProblem | null>;
  flush(): void;
}

/**
 * Keeps what is typed: on this device at once, on the server after a short pause. A time-out, a lost
 * connection or a 409 leaves the copy on this device until the server has taken it.
 */
export class DraftAutosave<T> implements AutosaveStatus {
  private readonly currentState = signal<AutosaveState>('idle');
  private readonly at = signal<Date | null>(null);
  private readonly failure = signal<ApiProblem | null>(null);
  private latest: { value: T } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Subscription | null = null;

  readonly state: Signal<AutosaveState> = this.currentState.asReadonly();
  /** When the server last took the draft. */
  readonly savedAt: Signal<Date | null> = this.at.asReadonly();
  readonly problem: Signal<ApiProblem | null> = this.failure.asReadonly();

  constructor(
    private readonly options: AutosaveOptions<T>,
    private readonly person: () => string,
    private readonly storage: Storage | null,
  ) {}

  /** Whenever the form's value changes. */
  change(value: T): void {
    this.latest = { value };
    this.backUp(value);
    if (this.currentState() === 'conflict') {
      // Saving again would only repeat the 409: the person decides first, the copy here is kept.
      return;
    }
    this.currentState.set('pending');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.flush();
    }, this.options.delay ?? 1500);
  }

  /** Saves now what has not been saved. Also “retry”, and after a conflict has been decided. */
  flush(): void {
    clearTimeout(this.timer);
    if (!this.latest || this.running) {
      return;
    }
    const sent = this.latest;
    this.currentState.set('saving');
    this.running = this.options.save(sent.value).subscribe({
      next: () => undefined,
      error: (error: unknown) => {
        this.running = null;
        const problem = ApiProblem.from(error);
        this.failure.set(problem);
        this.currentState.set(problem.isConflict ? 'conflict' : 'failed');
      },
      complete: () => {
        this.running = null;
        this.failure.set(null);
        this.at.set(new Date());
        if (this.latest === sent) {
          this.latest = null;
          this.removeBackup();
          this.currentState.set('saved');
        } else {
          this.currentState.set('pending');
          this.flush();
        }
      },
    });
  }

  /** True until the server has everything: feed it to `hasUnsavedChanges`. */
  hasUnsaved(): boolean {
    return this.latest !== null;
  }

  /** What an earlier visit left on this device and the server never took; offer it to the person. */
  backup(): DraftBackup<T> | null {
    const text = this.storage?.getItem(this.storageKey());
    if (!text) {
      return null;
    }
    try {
      return JSON.parse(text) as DraftBackup<T>;
    } catch {
      // Half-written by a crash: there is nothing to restore.
      this.removeBackup();
      return null;
    }
  }

  /** The person wants neither the backup nor what was typed. */
  discard(): void {
    clearTimeout(this.timer);
    this.latest = null;
    this.failure.set(null);
    this.removeBackup();
    this.currentState.set('idle');
  }

  /** Stops timers; the backup stays. */
  stop(): void {
    clearTimeout(this.timer);
  }

  private backUp(value: T): void {
    try {
      const backup: DraftBackup<T> = { value, savedAt: new Date().toISOString() };
      this.storage?.setItem(this.storageKey(), JSON.stringify(backup));
    } catch {
      // The device's storage is full or blocked; the server still gets the draft.
    }
  }

  private removeBackup(): void {
    this.storage?.removeItem(this.storageKey());
  }

  private storageKey(): string {
    return `${PREFIX}:${this.person()}:${this.options.key}`;
  }
}

/**
 * In a page's constructor or field:
 * `autosave = draftAutosave<Plan>({ key: 'plan:' + id, save: (plan) => this.api.savePlan(plan) })`.
 */
export function draftAutosave<T>(options: AutosaveOptions<T>): DraftAutosave<T> {
  const injector = options.injector ?? inject(Injector);
  const window = injector.get(DOCUMENT).defaultView;
  const session = injector.get(SessionService);
  // The key stays that of the person who began, also after a time-out has emptied the session.
  const person = session.user()?.id ?? 'anonymous';
  const autosave = new DraftAutosave<T>(options, () => person, localStorageOf(window));
  const flush = () => {
    autosave.flush();
  };
  window?.addEventListener('online', flush);
  injector.get(DestroyRef).onDestroy(() => {
    window?.removeEventListener('online', flush);
    if (session.isAuthenticated() && autosave.state() === 'pending') {
      autosave.flush();
    } else {
      autosave.stop();
    }
  });
  return autosave;
}

function localStorageOf(window: Window | null): Storage | null {
  try {
    return window?.localStorage ?? null;
  } catch {
    // Access itself throws where the browser blocks storage.
    return null;
  }
}
