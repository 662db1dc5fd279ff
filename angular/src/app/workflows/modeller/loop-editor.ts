import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Field, UiInput } from '@ui';
import { FieldSettings, LoopSettings } from './settings';
import { SIGNING_MODES, Signing, SigningMode, completionOf, signingOf } from './signing';

const NEW_LOOP: LoopSettings = {
  sequential: false,
  cardinality: '',
  collection: 'signers',
  itemVariable: 'signer',
  completion: '',
  outputCollection: 'votes',
  outputItem: '',
};

/** 会签、或签: several people at one step, and how many answers end it. */
@Component({
  selector: 'app-loop-editor',
  imports: [Field, TranslocoDirective, UiInput],
  template: `
    <ng-container *transloco="let t">
      <ui-field [label]="t('workflows.signing.mode')">
        <select uiInput (change)="mode($any($event.target).value)">
          <option value="" [selected]="!loop()">{{ t('workflows.signing.single') }}</option>
          @for (entry of modes; track entry) {
            <option [value]="entry" [selected]="loop() && entry === signing().mode">
              {{ t('workflows.signing.modes.' + entry) }}
            </option>
          }
        </select>
      </ui-field>
      @if (loop(); as current) {
        <ui-field [label]="t('workflows.signing.order')">
          <select uiInput (change)="change({ sequential: $any($event.target).value === 'sequential' })">
            <option value="parallel" [selected]="!current.sequential">
              {{ t('workflows.loop.parallel') }}
            </option>
            <option value="sequential" [selected]="current.sequential">
              {{ t('workflows.loop.sequential') }}
            </option>
          </select>
        </ui-field>
        <ui-field [label]="t('workflows.signing.collection')" [help]="t('workflows.signing.collectionHelp')">
          <select uiInput (change)="change({ collection: $any($event.target).value })">
            <option value="" [selected]="!current.collection">{{ t('workflows.signing.byNumber') }}</option>
            @for (name of listed(current.collection); track name) {
              <option [value]="name" [selected]="name === current.collection">{{ name }}</option>
            }
          </select>
        </ui-field>
        @if (current.collection) {
          <ui-field [label]="t('workflows.signing.item')" [help]="t('workflows.signing.itemHelp')">
            <input
              uiInput
              [value]="current.itemVariable"
              (change)="change({ itemVariable: $any($event.target).value.trim() })"
            />
          </ui-field>
        } @else {
          <ui-field [label]="t('workflows.signing.number')">
            <input
              uiInput
              [value]="current.cardinality"
              (change)="change({ cardinality: $any($event.target).value.trim() })"
            />
          </ui-field>
        }
        <ui-field [label]="t('workflows.signing.answers')" [help]="t('workflows.signing.answersHelp')">
          <select uiInput (change)="change({ outputItem: $any($event.target).value })">
            <option value="" [selected]="!current.outputItem">{{ t('workflows.signing.noAnswers') }}</option>
            @for (field of answerFields(); track field.name) {
              <option [value]="field.name" [selected]="field.name === current.outputItem">
                {{ field.label }}
              </option>
            }
          </select>
        </ui-field>
        @if (current.outputItem) {
          <ui-field [label]="t('workflows.signing.votes')">
            <select uiInput (change)="votes($any($event.target).value)">
              @for (name of listed(current.outputCollection); track name) {
                <option [value]="name" [selected]="name === current.outputCollection">{{ name }}</option>
              }
            </select>
          </ui-field>
        }
        @if (signing().mode === 'share' || signing().mode === 'veto') {
          <ui-field
            [label]="
              t(signing().mode === 'veto' ? 'workflows.signing.vetoAnswer' : 'workflows.signing.agreeAnswer')
            "
          >
            @if (options().length > 0) {
              <select uiInput (change)="sign({ answer: $any($event.target).value })">
                @for (option of options(); track option.value) {
                  <option [value]="option.value" [selected]="option.value === signing().answer">
                    {{ option.label }}
                  </option>
                }
              </select>
            } @else {
              <input
                uiInput
                [value]="signing().answer"
                (change)="sign({ answer: $any($event.target).value.trim() })"
              />
            }
          </ui-field>
        }
        @if (signing().mode === 'share') {
          <ui-field [label]="t('workflows.signing.percent')">
            <input
              uiInput
              type="number"
              min="1"
              max="100"
              [value]="signing().percent"
              (change)="sign({ percent: percentOf($any($event.target).value) })"
            />
          </ui-field>
        }
        @if (signing().mode === 'custom') {
          <ui-field
            [label]="t('workflows.signing.completion')"
            [help]="t('workflows.signing.completionHelp')"
          >
            <textarea
              uiInput
              rows="2"
              [value]="current.completion"
              (change)="change({ completion: $any($event.target).value.trim() })"
            ></textarea>
          </ui-field>
        }
        <p class="quiet">{{ t('workflows.signing.text.' + signing().mode) }}</p>
      }
    </ng-container>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LoopEditor {
  readonly loop = input<LoopSettings | null>(null);
  /** Declared list variables. */
  readonly lists = input<readonly string[]>([]);
  readonly fields = input<readonly FieldSettings[]>([]);
  readonly changed = output<LoopSettings | null>();

  protected readonly modes = SIGNING_MODES;
  protected readonly signing = computed<Signing>(() => {
    const loop = this.loop();
    return loop ? signingOf(loop) : { mode: 'all', percent: 100, answer: '' };
  });
  protected readonly answerFields = computed(() => {
    const item = this.loop()?.outputItem ?? '';
    // A vote is one answer: several options at once could not be counted.
    const fields = this.fields().filter((field) => field.kind !== 'Choices' || field.name === item);
    return !item || fields.some((field) => field.name === item)
      ? fields
      : [...fields, { name: item, label: item, kind: 'Text' as const, required: false, options: [] }];
  });
  protected readonly options = computed(
    () => this.fields().find((field) => field.name === this.loop()?.outputItem)?.options ?? [],
  );

  /** What stands in the model is offered also when it is not declared: the checks then say so. */
  protected listed(current: string): readonly string[] {
    return !current || this.lists().includes(current) ? this.lists() : [...this.lists(), current];
  }

  protected percentOf(text: string): number {
    return Math.min(100, Math.max(1, Math.round(Number(text)) || 50));
  }

  protected mode(mode: SigningMode | ''): void {
    if (mode === '') {
      this.changed.emit(null);
      return;
    }
    const choice = this.fields().find((field) => field.kind === 'Choice');
    const loop = this.loop() ?? { ...NEW_LOOP, outputItem: choice?.name ?? '' };
    const counted = loop.outputItem || choice?.name || '';
    const options = this.fields().find((field) => field.name === counted)?.options ?? [];
    const next: LoopSettings = {
      ...loop,
      outputItem: counted,
      outputCollection: loop.outputCollection || 'votes',
    };
    const answer =
      (mode === 'veto' ? options.at(-1) : options[0])?.value ?? (mode === 'veto' ? 'reject' : 'agree');
    const completion =
      mode === 'custom'
        ? loop.completion || 'nrOfCompletedInstances >= 2'
        : completionOf({ mode, percent: mode === 'share' ? 60 : 100, answer }, next);
    this.changed.emit({ ...next, completion });
  }

  protected sign(part: Partial<Signing>): void {
    const loop = this.loop();
    if (loop) {
      this.changed.emit({ ...loop, completion: completionOf({ ...this.signing(), ...part }, loop) });
    }
  }

  protected votes(name: string): void {
    const loop = this.loop();
    if (loop) {
      // The condition counts in this list: it follows.
      const next = { ...loop, outputCollection: name };
      this.changed.emit({ ...next, completion: completionOf(this.signing(), next) });
    }
  }

  protected change(part: Partial<LoopSettings>): void {
    const loop = this.loop();
    if (loop) {
      this.changed.emit({ ...loop, ...part });
    }
  }
}
