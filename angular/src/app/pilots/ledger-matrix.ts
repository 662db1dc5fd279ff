import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  computed,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { LedgerCellDto, LedgerColumnDto, LedgerRowDto } from '@api/models';
import { StateChip } from '@ui';
import { stateOf, toneOfCell } from './ledger-state';

/** Items × artefacts with a state in each cell; a list by item where there is no room for a table. */
@Component({
  selector: 'app-ledger-matrix',
  imports: [StateChip, TranslocoDirective],
  templateUrl: './ledger-matrix.html',
  styleUrl: './ledger-matrix.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LedgerMatrix {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  readonly caption = input.required<string>();
  readonly columns = input.required<readonly LedgerColumnDto[]>();
  readonly rows = input.required<readonly LedgerRowDto[]>();
  readonly selectable = input(false);
  readonly selected = input.required<ReadonlySet<string>>();
  readonly opened = input<string | null>(null);
  /** On a phone: the same as a list. */
  readonly asList = input(false);

  readonly rowToggled = output<LedgerRowDto>();
  readonly pageToggled = output<boolean>();
  readonly cellOpened = output<LedgerCellDto>();

  protected readonly active = signal({ row: 0, column: 0 });
  protected readonly stateOf = stateOf;
  protected readonly toneOf = toneOfCell;

  protected readonly grid = computed(() =>
    this.rows().map((row) => ({
      row,
      cells: this.columns().map(
        (column) => row.slots.find((slot) => slot.artefactKey === column.key) ?? null,
      ),
    })),
  );
  protected readonly allSelected = computed(
    () => this.rows().length > 0 && this.rows().every((row) => this.selected().has(row.id)),
  );
  /** Column 0 is the choice of the row, where there is one. */
  protected readonly firstColumn = computed(() => (this.selectable() ? 0 : 1));

  protected isActive(row: number, column: number): boolean {
    // The grid may have shrunk since the place was chosen.
    const active = this.active();
    return (
      Math.min(active.row, this.rows().length - 1) === row &&
      Math.min(Math.max(active.column, this.firstColumn()), this.columns().length) === column
    );
  }

  protected onKey(event: KeyboardEvent, row: number, column: number): void {
    const lastRow = this.rows().length - 1;
    const lastColumn = this.columns().length;
    switch (event.key) {
      case 'ArrowRight':
        this.focusPlace(row, Math.min(lastColumn, column + 1));
        break;
      case 'ArrowLeft':
        this.focusPlace(row, Math.max(this.firstColumn(), column - 1));
        break;
      case 'ArrowDown':
        this.focusPlace(Math.min(lastRow, row + 1), column);
        break;
      case 'ArrowUp':
        this.focusPlace(Math.max(0, row - 1), column);
        break;
      case 'Home':
        this.focusPlace(event.ctrlKey ? 0 : row, this.firstColumn());
        break;
      case 'End':
        this.focusPlace(event.ctrlKey ? lastRow : row, lastColumn);
        break;
      case 'Enter':
        this.open(row, column);
        break;
      case ' ':
        // On the tick box itself the browser does it.
        if (column === 0) {
          return;
        }
        this.toggle(row);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  protected open(row: number, column: number): void {
    this.active.set({ row, column });
    const cell = this.grid()[row]?.cells[column - 1];
    if (cell) {
      this.cellOpened.emit(cell);
    }
  }

  /** Back to where one was, after the panel has been closed. */
  focusActive(): void {
    const { row, column } = this.active();
    this.focusPlace(row, column);
  }

  private toggle(row: number): void {
    const chosen = this.rows()[row];
    if (chosen && this.selectable()) {
      this.rowToggled.emit(chosen);
    }
  }

  private focusPlace(row: number, column: number): void {
    this.active.set({ row, column });
    this.host.nativeElement.querySelector<HTMLElement>(`[data-place="${row}:${column}"]`)?.focus();
  }
}
