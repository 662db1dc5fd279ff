import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { NoticeTarget } from '@api/models/notice-target';
import { TranslocoDirective } from '@jsverse/transloco';
import { fieldId, replacedAt, withoutAt } from './notice-state';

/** Targets of a programme or theme: what is measured, and the bound. */
@Component({
  selector: 'app-notice-targets',
  imports: [TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <ul class="rows">
        @for (target of targets(); track $index; let index = $index) {
          <li>
            <input
              class="control grow"
              maxlength="200"
              [id]="fieldId(path() + '.targets[' + index + '].what')"
              [attr.aria-label]="t('programmes.facts.targetWhat')"
              [attr.data-source]="target.sourceKey"
              [value]="target.what"
              (focus)="chosen.emit(target.sourceKey)"
              (input)="set(index, { what: valueOf($event) })"
            />
            <input
              class="control short"
              maxlength="60"
              [attr.aria-label]="t('programmes.facts.targetValueOf', { name: target.what })"
              [placeholder]="t('programmes.facts.targetValue')"
              [value]="target.value"
              (focus)="chosen.emit(target.sourceKey)"
              (input)="set(index, { value: valueOf($event) })"
            />
            <button
              type="button"
              class="button small"
              [attr.aria-label]="t('programmes.wizard.removeNamed', { name: target.what })"
              (click)="targetsChange.emit(withoutAt(targets(), index))"
            >
              {{ t('programmes.wizard.remove') }}
            </button>
          </li>
        }
      </ul>
      <button type="button" class="button small" (click)="add()">
        {{ t('programmes.facts.addTarget') }}
      </button>
    </ng-container>
  `,
  styleUrl: './notice-rows.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NoticeTargets {
  readonly targets = input.required<readonly NoticeTarget[]>();
  /** Where the list stands in the content: `facts`, `themes[2].facts`. */
  readonly path = input.required<string>();
  readonly targetsChange = output<NoticeTarget[]>();
  /** The passage of the value in hand. */
  readonly chosen = output<string | null>();

  protected readonly fieldId = fieldId;
  protected readonly withoutAt = withoutAt;

  protected set(index: number, change: Partial<NoticeTarget>): void {
    this.targetsChange.emit(replacedAt(this.targets(), index, change));
  }

  protected add(): void {
    this.targetsChange.emit([...this.targets(), { what: '', value: '', sourceKey: null }]);
  }

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement).value;
  }
}
