import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  Directive,
  ElementRef,
  OnInit,
  Signal,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
  booleanAttribute,
} from '@angular/core';
import { AbstractControl, FormArray, FormGroup, FormGroupDirective, FormResetEvent } from '@angular/forms';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ApiProblem } from '@core';
import { problemText } from './problem-text';

let nextId = 0;

/** A field as the error summary sees it. */
interface RegisteredField {
  readonly id: string;
  readonly label: Signal<string>;
  readonly control: Signal<AbstractControl | null>;
}

export interface SummaryEntry {
  readonly fieldId: string | null;
  readonly text: string;
}

/**
 * `<form [formGroup]="form" [uiForm]="problem()" (uiSubmit)="save()">`
 *
 * Shows errors after the first attempt to submit, leads the focus to the summary, puts the server's field
 * errors on their controls, and emits `uiSubmit` only when the form is valid.
 */
@Directive({
  selector: 'form[uiForm]',
  exportAs: 'uiForm',
  host: { novalidate: '', '(submit)': 'submit($event)' },
})
export class UiForm {
  private readonly group = inject(FormGroupDirective);
  private readonly transloco = inject(TranslocoService);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly fields = signal<readonly RegisteredField[]>([]);
  private readonly changes = signal(0);

  readonly uiForm = input<ApiProblem | null>(null);
  readonly uiSubmit = output();
  readonly attempted = signal(false);
  private readonly general = signal<readonly string[]>([]);

  readonly entries = computed<readonly SummaryEntry[]>(() => {
    this.changes();
    const general = this.general().map((text) => ({ fieldId: null, text }));
    if (!this.attempted()) {
      return general;
    }
    const fields = this.fields().flatMap((field) => {
      const error = errorText(field.control(), field.label(), this.transloco);
      return error ? [{ fieldId: field.id, text: error }] : [];
    });
    return [...general, ...fields];
  });

  constructor() {
    const destroy = inject(DestroyRef);
    effect((onCleanup) => {
      // The group may be replaced; its events drive everything that reads control state.
      const subscription = this.group.form.events.subscribe((event) => {
        if (event instanceof FormResetEvent && event.source === this.group.form) {
          // A form that begins anew has not been tried yet.
          this.attempted.set(false);
          this.general.set([]);
        }
        this.changes.update((count) => count + 1);
      });
      onCleanup(() => {
        subscription.unsubscribe();
      });
    });
    effect(() => {
      const problem = this.uiForm();
      untracked(() => {
        this.show(problem);
      });
    });
    destroy.onDestroy(() => {
      this.fields.set([]);
    });
  }

  /** Ticks on every change of the form, for views that show control state without zones. */
  watch(): number {
    return this.changes();
  }

  register(field: RegisteredField): () => void {
    this.fields.update((fields) => [...fields, field]);
    return () => {
      this.fields.update((fields) => fields.filter((other) => other !== field));
    };
  }

  protected submit(event: Event): void {
    event.preventDefault();
    const form = this.group.form;
    clearServerErrors(form);
    this.general.set([]);
    form.markAllAsTouched();
    this.attempted.set(true);
    if (form.valid) {
      this.uiSubmit.emit();
    } else if (!form.pending) {
      this.focusSummary();
    }
  }

  private show(problem: ApiProblem | null): void {
    clearServerErrors(this.group.form);
    if (!problem) {
      this.general.set([]);
      return;
    }
    const unplaced = applyFieldErrors(this.group.form, problem);
    const hasPlaced = problem.hasFieldErrors && unplaced.length < Object.values(problem.errors).flat().length;
    this.general.set(hasPlaced ? unplaced : [problemText(problem, this.transloco), ...unplaced]);
    this.attempted.set(true);
    this.focusSummary();
  }

  private focusSummary(): void {
    // The summary appears with the next rendering; a timer of zero comes after it.
    setTimeout(() => {
      this.host.nativeElement.querySelector<HTMLElement>('.ui-error-summary')?.focus();
    });
  }
}

/** What a field and a group of checks have in common: label, help, error, and their place in the error summary. */
@Directive()
export abstract class FieldParts implements OnInit {
  private readonly form = inject(UiForm, { optional: true });
  private readonly transloco = inject(TranslocoService);
  private readonly destroy = inject(DestroyRef);

  readonly label = input.required<string>();
  readonly help = input('');
  /** The control whose errors are shown, usually `form.controls.name`. */
  readonly control = input<AbstractControl | null>(null);
  /** Marks what may be left blank; everything else is required. */
  readonly optional = input(false, { transform: booleanAttribute });
  readonly id = `field-${++nextId}`;

  private readonly ticks = signal(0);

  readonly error = computed(() => {
    this.ticks();
    this.form?.watch();
    const control = this.control();
    // Without a form around it (filters, dialogs) a touched control speaks for itself.
    const due = this.form ? this.form.attempted() : control?.touched;
    return due ? errorText(control, this.label(), this.transloco) : null;
  });

  readonly describedBy = computed(() => {
    const ids = [this.help() ? `${this.id}-help` : '', this.error() ? `${this.id}-error` : ''];
    return ids.filter((id) => id !== '').join(' ') || null;
  });

  constructor() {
    effect((onCleanup) => {
      const subscription = this.control()?.events.subscribe(() => {
        this.ticks.update((count) => count + 1);
      });
      onCleanup(() => subscription?.unsubscribe());
    });
  }

  ngOnInit(): void {
    if (this.form) {
      this.destroy.onDestroy(this.form.register({ id: this.id, label: this.label, control: this.control }));
    }
  }
}

/** One field: label above, help under it, error beside it. Put one `uiInput` (or a `ui-file-upload`) inside. */
@Component({
  selector: 'ui-field',
  imports: [TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <label class="label" [attr.for]="id" [id]="id + '-label'">
        {{ label() }}
        @if (optional()) {
          <span class="quiet">{{ t('ui.field.optional') }}</span>
        }
      </label>
      @if (help()) {
        <p class="help" [id]="id + '-help'">{{ help() }}</p>
      }
      <ng-content />
      @if (error(); as message) {
        <p class="error" [id]="id + '-error'">
          <span aria-hidden="true">■</span>
          {{ message }}
        </p>
      }
    </ng-container>
  `,
  styleUrl: './field.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Field extends FieldParts {}

/**
 * Several checks or radio buttons that answer one question: a fieldset, whose legend says what is asked. Put a
 * `ui-check-list` or radio buttons inside, the latter with `radios`.
 */
@Component({
  selector: 'ui-field-group',
  imports: [TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <fieldset
        [id]="id"
        [attr.role]="radios() ? 'radiogroup' : null"
        [attr.aria-labelledby]="id + '-label'"
        [attr.aria-describedby]="describedBy()"
        [attr.aria-required]="radios() && control() && !optional() ? 'true' : null"
        [attr.aria-invalid]="radios() && error() ? 'true' : null"
      >
        <legend class="label" [id]="id + '-label'">
          {{ label() }}
          @if (optional()) {
            <span class="quiet">{{ t('ui.field.optional') }}</span>
          }
        </legend>
        @if (help()) {
          <p class="help" [id]="id + '-help'">{{ help() }}</p>
        }
        <ng-content />
        @if (error(); as message) {
          <p class="error" [id]="id + '-error'">
            <span aria-hidden="true">■</span>
            {{ message }}
          </p>
        }
      </fieldset>
    </ng-container>
  `,
  styleUrl: './field.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FieldGroup extends FieldParts {
  /** One of them only: whoever has one has answered. */
  readonly radios = input(false, { transform: booleanAttribute });
}

/** On the native control inside `ui-field`: ties it to label, help and error. */
@Directive({
  selector: '[uiInput]',
  host: {
    class: 'control',
    '[id]': 'field?.id ?? null',
    '[attr.aria-describedby]': 'field?.describedBy() ?? null',
    '[attr.aria-invalid]': 'field?.error() ? "true" : null',
    '[attr.aria-required]': 'required()',
  },
})
export class UiInput {
  protected readonly field = inject(Field, { optional: true });
  protected readonly required = computed(() => {
    const field = this.field;
    return field?.control() && !field.optional() ? 'true' : null;
  });
}

/** All errors on top of the form, each a link to its field. The first child of the form. */
@Component({
  selector: 'ui-error-summary',
  imports: [TranslocoDirective],
  template: `
    @if (form.entries().length > 0) {
      <section
        #box
        *transloco="let t"
        class="ui-error-summary"
        tabindex="-1"
        role="alert"
        aria-labelledby="error-summary-title"
      >
        <h2 id="error-summary-title">{{ t('ui.errorSummary.title') }}</h2>
        <ul>
          @for (entry of form.entries(); track $index) {
            <li>
              @if (entry.fieldId) {
                <a [href]="'#' + entry.fieldId" (click)="focusField($event, entry.fieldId)">{{
                  entry.text
                }}</a>
              } @else {
                {{ entry.text }}
              }
            </li>
          }
        </ul>
      </section>
    }
  `,
  styles: `
    .ui-error-summary {
      max-width: 40rem;
      margin-bottom: 16px;
      padding: 12px 16px;
      border: 2px solid var(--bad);
      border-radius: var(--radius);
      background: var(--bad-pale);
    }

    ul {
      margin-top: 4px;
      padding-left: 1.25em;
    }

    a {
      display: inline-block;
      min-height: 1.5rem;
      /* Else the bullet stands at the last of several lines. */
      vertical-align: top;
      color: var(--bad);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ErrorSummary {
  protected readonly form = inject(UiForm);
  protected readonly box = viewChild<ElementRef<HTMLElement>>('box');

  protected focusField(event: Event, id: string): void {
    event.preventDefault();
    // A group has no one input of the field's name, and some parts take none: the first control beside the label.
    const named = document.getElementById(id);
    const field =
      named && !(named instanceof HTMLFieldSetElement)
        ? named
        : document
            .getElementById(`${id}-label`)
            ?.parentElement?.querySelector<HTMLElement>('input, select, textarea, button');
    field?.scrollIntoView({ block: 'center' });
    field?.focus();
  }
}

/** Puts the server's field errors on their controls; answers the messages that found no control. */
export function applyFieldErrors(form: FormGroup, problem: ApiProblem): string[] {
  const unplaced: string[] = [];
  for (const [path, messages] of Object.entries(problem.errors)) {
    const control = findControl(form, path);
    if (control) {
      control.setErrors({ ...control.errors, server: messages.join(' ') });
      control.markAsTouched();
    } else {
      unplaced.push(...messages);
    }
  }
  return unplaced;
}

/** `Themes[0].Name`, `$.themes[0].name` and `themes.0.name` all mean the same control. */
export function findControl(form: AbstractControl, path: string): AbstractControl | null {
  const steps = path
    .replace(/^\$\.?/, '')
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((step) => step !== '');
  let control: AbstractControl | null = steps.length > 0 ? form : null;
  for (const step of steps) {
    if (control instanceof FormGroup) {
      const name = Object.keys(control.controls).find((key) => key.toLowerCase() === step.toLowerCase());
      control = name ? (control.controls[name] ?? null) : null;
    } else if (control instanceof FormArray) {
      control = control.at(Number(step)) ?? null;
    } else {
      return null;
    }
  }
  return control;
}

function clearServerErrors(control: AbstractControl): void {
  if (control instanceof FormGroup || control instanceof FormArray) {
    for (const child of Object.values(control.controls)) {
      clearServerErrors(child as AbstractControl);
    }
  }
  if (control.hasError('server')) {
    control.updateValueAndValidity();
  }
}

function errorText(
  control: AbstractControl | null,
  label: string,
  transloco: TranslocoService,
): string | null {
  const errors = control?.errors;
  const kind = errors ? Object.keys(errors)[0] : undefined;
  if (!errors || !kind) {
    return null;
  }
  const detail: unknown = errors[kind];
  if (kind === 'server' || kind === 'text') {
    return String(detail);
  }
  const known = [
    'required',
    'email',
    'min',
    'max',
    'minlength',
    'maxlength',
    'pattern',
    'matDatepickerParse',
  ];
  const values = typeof detail === 'object' && detail !== null ? detail : {};
  return transloco.translate(`ui.error.${known.includes(kind) ? kind : 'invalid'}`, { label, ...values });
}
