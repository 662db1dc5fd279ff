import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  OnInit,
  booleanAttribute,
  computed,
  effect,
  inject,
  input,
  model,
  signal,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { AbstractControl, FormControl, ValidationErrors, ValidatorFn } from '@angular/forms';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Observable, Subject, catchError, debounceTime, of, startWith, switchMap } from 'rxjs';
import { ApiProblem } from '@core';
import { ProblemView, UiForm } from '@ui';
import { PersonOption } from './models';

let nextId = 0;

/** Finds people by name and takes one or several of them; a list of checks or radios, so that every key works. */
@Component({
  selector: 'app-people-picker',
  imports: [ProblemView, TranslocoDirective],
  template: `
    <fieldset *transloco="let t" [attr.aria-describedby]="missing() ? id + '-error' : null">
      <legend>{{ label() }}</legend>
      <label class="visually-hidden" [attr.for]="id">{{ t('workflows.people.search') }}</label>
      <input
        class="control"
        type="search"
        autocomplete="off"
        [id]="id"
        [attr.aria-invalid]="missing() || null"
        [attr.aria-describedby]="missing() ? id + '-error' : null"
        [placeholder]="t('workflows.people.search')"
        (input)="search($any($event.target).value)"
      />
      @if (problem(); as failed) {
        <ui-problem-view [problem]="failed" (retry)="search(text())" />
      } @else {
        <div class="found" role="group" tabindex="0" [attr.aria-label]="t('workflows.people.found')">
          @for (person of listed(); track person.id) {
            <label class="check">
              <input
                [type]="multiple() ? 'checkbox' : 'radio'"
                [attr.name]="id + '-person'"
                [checked]="isChosen(person)"
                (change)="choose(person)"
              />
              <span>
                {{ person.name }}
                @if (person.regionName) {
                  <span class="quiet">{{ person.regionName }}</span>
                }
              </span>
            </label>
          } @empty {
            <p class="quiet">{{ loaded() ? t('workflows.people.none') : t('workflows.people.searching') }}</p>
          }
        </div>
      }
      @if (missing()) {
        <p class="error" [id]="id + '-error'">
          <span aria-hidden="true">■</span>
          {{ t('workflows.people.missing') }}
        </p>
      }
    </fieldset>
  `,
  styles: `
    fieldset {
      margin: 0 0 16px;
      padding: 0;
      border: 0;
    }

    legend {
      margin-bottom: 4px;
      font-weight: 600;
    }

    .found {
      max-height: 12rem;
      margin-top: 4px;
      padding: 4px 10px;
      overflow-y: auto;
      border: 1px solid var(--line);
      border-radius: var(--radius);
    }

    .error {
      margin-top: 4px;
      color: var(--bad);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PeoplePicker implements OnInit {
  private readonly destroy = inject(DestroyRef);

  /** Already translated. */
  readonly label = input.required<string>();
  /** Who is asked for: those who may get a task, stand in for the reader, or be named by a flow. */
  readonly source = input.required<(search: string) => Observable<readonly PersonOption[]>>();
  readonly multiple = input(false, { transform: booleanAttribute });
  /** The control of a form that asks for somebody: then the form's summary says it, too. */
  readonly control = input<FormControl<readonly PersonOption[]> | null>(null);
  readonly chosen = model<readonly PersonOption[]>([]);

  protected readonly id = `people-${++nextId}`;
  private readonly form = inject(UiForm, { optional: true });
  /** Says that somebody must be chosen. */
  protected readonly missing = computed(() => {
    this.form?.watch();
    return this.form?.attempted() === true && this.control()?.invalid === true;
  });
  protected readonly text = signal('');
  protected readonly loaded = signal(false);
  protected readonly problem = signal<ApiProblem | null>(null);
  private readonly found = signal<readonly PersonOption[]>([]);
  private readonly searches = new Subject<string>();
  /** Those who were chosen stay in sight when the search goes on. */
  protected readonly listed = computed(() => {
    const ids = new Set(this.found().map((person) => person.id));
    return [...this.chosen().filter((person) => !ids.has(person.id)), ...this.found()];
  });

  constructor() {
    effect(() => {
      this.control()?.setValue(this.chosen());
    });
  }

  ngOnInit(): void {
    if (this.form && this.control()) {
      this.destroy.onDestroy(this.form.register({ id: this.id, label: this.label, control: this.control }));
    }
    this.searches
      .pipe(
        debounceTime(250),
        startWith(''),
        switchMap((text) =>
          this.source()(text).pipe(
            catchError((error: unknown) => {
              this.problem.set(ApiProblem.from(error));
              return of(null);
            }),
          ),
        ),
        takeUntilDestroyed(this.destroy),
      )
      .subscribe((people) => {
        this.loaded.set(true);
        if (people) {
          this.found.set(people);
        }
      });
  }

  protected search(text: string): void {
    this.problem.set(null);
    this.text.set(text);
    this.searches.next(text.trim());
  }

  protected isChosen(person: PersonOption): boolean {
    return this.chosen().some((other) => other.id === person.id);
  }

  protected choose(person: PersonOption): void {
    if (!this.multiple()) {
      this.chosen.set([person]);
    } else if (this.isChosen(person)) {
      this.chosen.set(this.chosen().filter((other) => other.id !== person.id));
    } else {
      this.chosen.set([...this.chosen(), person]);
    }
  }
}

/** Says in its own words that nobody has been chosen. */
export function somebody(transloco: TranslocoService): ValidatorFn {
  return ({ value }: AbstractControl<readonly PersonOption[]>): ValidationErrors | null =>
    value.length > 0 ? null : { text: transloco.translate('workflows.people.missing') };
}
