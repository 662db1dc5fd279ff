import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { Api } from '@api/api';
import { listStatedCounts } from '@api/fn/item-lists/list-stated-counts';
import { ItemGroup } from '@api/models/item-group';
import { ItemMode } from '@api/models/item-mode';
import { StatedCountDto } from '@api/models/stated-count-dto';
import { TranslocoDirective } from '@jsverse/transloco';
import { ApiProblem } from '@core';
import { Busy, ProblemView } from '@ui';
import { CountUse, TakenCount } from './items-model';

interface Choice {
  readonly use: CountUse | '';
  readonly name: string;
}

const UNUSED: Choice = { use: '', name: '' };

/** The numbers that the notice states, each with its sentence. A person says what each is; none is taken over unasked. */
@Component({
  selector: 'app-items-stated',
  imports: [Busy, ProblemView, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (problem(); as problem) {
        <ui-problem-view [problem]="problem" (retry)="open()" />
      }
      @if (counts(); as counts) {
        <section aria-labelledby="stated-title">
          <h3 id="stated-title">{{ t('programmes.items.statedCounts.title') }}</h3>
          @if (counts.length === 0) {
            <p class="quiet" role="status">{{ t('programmes.items.statedCounts.none') }}</p>
            <button type="button" class="button small" (click)="close()">
              {{ t('programmes.items.statedCounts.close') }}
            </button>
          } @else {
            <p class="quiet">{{ t('programmes.items.statedCounts.help') }}</p>
            <ul>
              @for (count of counts; track count.order) {
                <li>
                  <strong>{{ count.number }} {{ count.unit }}</strong>
                  <span>{{ count.what }}</span>
                  @if (count.sentence) {
                    <blockquote>{{ count.sentence }}</blockquote>
                  } @else {
                    <p class="quiet">{{ t('programmes.items.statedCounts.noSentence') }}</p>
                  }
                  @if (count.readNumber !== null) {
                    <p class="attention">
                      {{
                        t('programmes.items.statedCounts.changed', {
                          read: count.readNumber,
                          number: count.number,
                        })
                      }}
                    </p>
                  }
                  <div class="choice">
                    <label>
                      {{ t('programmes.items.statedCounts.use') }}
                      <select
                        #use
                        class="control"
                        [attr.aria-label]="
                          t('programmes.items.statedCounts.useOf', {
                            number: count.number,
                            unit: count.unit,
                            what: count.what,
                          })
                        "
                        (change)="choose(count, use.value)"
                      >
                        <option value="">{{ t('programmes.items.statedCounts.unused') }}</option>
                        <option value="total">{{ t('programmes.items.declaredTotal') }}</option>
                        <option value="offices">{{ t('programmes.items.declaredOffices') }}</option>
                        @for (mode of modes(); track mode.name) {
                          <option [value]="'mode:' + mode.name">
                            {{ t('programmes.items.statedCounts.mode', { name: mode.name }) }}
                          </option>
                        }
                        <option value="newMode">{{ t('programmes.items.statedCounts.newMode') }}</option>
                        @for (group of groups(); track group.key) {
                          <option [value]="'group:' + group.key">
                            {{ t('programmes.items.statedCounts.group', { name: group.name }) }}
                          </option>
                        }
                      </select>
                    </label>
                    @if (choiceOf(count).use === 'newMode') {
                      <label>
                        {{ t('programmes.items.newMode') }}
                        <input
                          #name
                          class="control"
                          maxlength="40"
                          [attr.aria-invalid]="missing() && !choiceOf(count).name.trim() ? 'true' : null"
                          [value]="choiceOf(count).name"
                          (input)="rename(count, name.value)"
                        />
                      </label>
                    }
                  </div>
                </li>
              }
            </ul>
            @if (error(); as key) {
              <p class="error" role="alert">{{ t('programmes.items.statedCounts.' + key) }}</p>
            }
            <div class="button-row">
              <button type="button" class="button" (click)="take()">
                {{ t('programmes.items.statedCounts.take') }}
              </button>
              <button type="button" class="button" (click)="close()">
                {{ t('programmes.items.statedCounts.close') }}
              </button>
            </div>
          }
        </section>
      } @else if (!problem()) {
        <button type="button" class="button small" [uiAction]="open">
          {{ t('programmes.items.statedCounts.open') }}
        </button>
      }
    </ng-container>
  `,
  styles: `
    h3 {
      margin: 0;
    }

    ul {
      display: grid;
      gap: 12px;
      margin: 8px 0;
      padding: 0;
      list-style: none;
    }

    li {
      padding: 8px 12px;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      overflow-wrap: anywhere;
    }

    li strong {
      margin-right: 8px;
    }

    blockquote {
      margin: 4px 0;
      padding-left: 12px;
      border-left: 3px solid var(--line);
    }

    .choice {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 16px;
    }

    .choice .control {
      display: block;
      width: auto;
      max-width: 100%;
    }

    .attention {
      color: var(--attention);
    }

    .error {
      color: var(--bad);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ItemsStated {
  private readonly api = inject(Api);

  readonly listId = input.required<string>();
  readonly modes = input.required<readonly ItemMode[]>();
  readonly groups = input.required<readonly ItemGroup[]>();
  readonly taken = output<readonly TakenCount[]>();
  protected readonly counts = signal<readonly StatedCountDto[] | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  private readonly choices = signal<ReadonlyMap<number, Choice>>(new Map());
  private readonly asked = signal(false);

  private readonly chosen = computed<readonly TakenCount[]>(() =>
    (this.counts() ?? []).flatMap((count) => {
      const { use, name } = this.choiceOf(count);
      return use === '' ? [] : [{ number: count.number, use, name }];
    }),
  );
  protected readonly missing = computed(
    () => this.asked() && this.chosen().some((count) => count.use === 'newMode' && !count.name.trim()),
  );
  /** What keeps the choice from being taken over, once it was tried. */
  protected readonly error = computed<'nothing' | 'nameMissing' | 'twice' | null>(() => {
    const chosen = this.chosen();
    const places = chosen.map((count) => (count.use === 'newMode' ? `mode:${count.name.trim()}` : count.use));
    if (!this.asked()) {
      return null;
    }
    return chosen.length === 0
      ? 'nothing'
      : this.missing()
        ? 'nameMissing'
        : new Set(places).size < places.length
          ? 'twice'
          : null;
  });

  protected readonly open = async (): Promise<void> => {
    this.problem.set(null);
    try {
      this.counts.set(await this.api.invoke(listStatedCounts, { id: this.listId() }));
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  };

  protected choiceOf(count: StatedCountDto): Choice {
    return this.choices().get(count.order) ?? UNUSED;
  }

  protected choose(count: StatedCountDto, use: string): void {
    // The notice's word for it is a proposal that the person sees and may change.
    this.set(count, { use: use as CountUse | '', name: use === 'newMode' ? count.what.slice(0, 40) : '' });
  }

  protected rename(count: StatedCountDto, name: string): void {
    this.set(count, { ...this.choiceOf(count), name });
  }

  protected take(): void {
    this.asked.set(true);
    if (this.error() === null) {
      this.taken.emit(this.chosen());
      this.close();
    }
  }

  protected close(): void {
    this.counts.set(null);
    this.choices.set(new Map());
    this.asked.set(false);
  }

  private set(count: StatedCountDto, choice: Choice): void {
    this.choices.update((choices) => new Map(choices).set(count.order, choice));
  }
}
