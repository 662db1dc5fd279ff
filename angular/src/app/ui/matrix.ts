import { NgTemplateOutlet } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  Directive,
  ElementRef,
  Injectable,
  TemplateRef,
  computed,
  contentChild,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { MAT_DIALOG_DATA, MatDialog, MatDialogModule } from '@angular/material/dialog';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { StatusLight } from './status-light';

export interface MatrixHeading {
  readonly id: string;
  readonly text: string;
  /** In the card only, e.g. the full title of a theme. */
  readonly title?: string;
}

export interface MatrixCell {
  readonly rowId: string;
  readonly columnId: string;
  readonly light: string | null;
  /** The state in two to four words. */
  readonly text: string;
  readonly description?: string;
  readonly link?: string | readonly unknown[];
  /** What the cell adds to the totals, where it stands for several things; 1 when it is not said. */
  readonly count?: number;
}

export interface MatrixCard {
  readonly row: MatrixHeading;
  readonly column: MatrixHeading;
  readonly cell: MatrixCell;
}

/** `<ng-template uiMatrixCard let-card>` replaces the card that opens on a cell. */
@Directive({ selector: 'ng-template[uiMatrixCard]' })
export class UiMatrixCard {
  readonly template = inject<TemplateRef<{ $implicit: MatrixCard }>>(TemplateRef);
}

/** Rows × columns with a light and a short state in each cell; totals count what the cells stand for. */
@Component({
  selector: 'ui-matrix',
  imports: [StatusLight, TranslocoDirective],
  templateUrl: './matrix.html',
  styleUrl: './matrix.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Matrix {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly cards = inject(MatrixCards);

  readonly caption = input.required<string>();
  /** What the row headings are, e.g. “试点主题”. */
  readonly corner = input('');
  readonly rows = input.required<readonly MatrixHeading[]>();
  readonly columns = input.required<readonly MatrixHeading[]>();
  readonly cells = input.required<readonly MatrixCell[]>();
  /** Unit of the totals, e.g. “项”. */
  readonly unit = input('');
  readonly cellActivated = output<MatrixCard>();
  protected readonly card = contentChild(UiMatrixCard);

  protected readonly active = signal({ row: 0, column: 0 });
  private readonly byPlace = computed(
    () => new Map(this.cells().map((cell) => [place(cell.rowId, cell.columnId), cell])),
  );
  protected readonly grid = computed(() =>
    this.rows().map((row) => {
      const cells = this.columns().map((column) => this.byPlace().get(place(row.id, column.id)) ?? null);
      return { row, cells, total: sumOf(cells) };
    }),
  );
  protected readonly columnTotals = computed(() =>
    this.columns().map((_, index) => sumOf(this.grid().map((line) => line.cells[index] ?? null))),
  );
  protected readonly total = computed(() => this.columnTotals().reduce((sum, count) => sum + count, 0));

  protected isActive(row: number, column: number): boolean {
    // The grid may have shrunk since the place was chosen.
    const last = { row: this.rows().length - 1, column: this.columns().length - 1 };
    const active = this.active();
    return Math.min(active.row, last.row) === row && Math.min(active.column, last.column) === column;
  }

  protected onKey(event: KeyboardEvent, row: number, column: number): void {
    const lastRow = this.rows().length - 1;
    const lastColumn = this.columns().length - 1;
    switch (event.key) {
      case 'ArrowRight':
        this.focusCell(row, Math.min(lastColumn, column + 1));
        break;
      case 'ArrowLeft':
        this.focusCell(row, Math.max(0, column - 1));
        break;
      case 'ArrowDown':
        this.focusCell(Math.min(lastRow, row + 1), column);
        break;
      case 'ArrowUp':
        this.focusCell(Math.max(0, row - 1), column);
        break;
      case 'Home':
        this.focusCell(event.ctrlKey ? 0 : row, 0);
        break;
      case 'End':
        this.focusCell(event.ctrlKey ? lastRow : row, lastColumn);
        break;
      case 'Enter':
      case ' ':
        this.open(row, column);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  protected open(row: number, column: number): void {
    this.active.set({ row, column });
    const cell = this.grid()[row]?.cells[column];
    const rowHeading = this.rows()[row];
    const columnHeading = this.columns()[column];
    if (cell && rowHeading && columnHeading) {
      const card = { row: rowHeading, column: columnHeading, cell };
      this.cellActivated.emit(card);
      this.cards.open(card, this.card()?.template ?? null);
    }
  }

  private focusCell(row: number, column: number): void {
    this.active.set({ row, column });
    this.host.nativeElement.querySelector<HTMLElement>(`[data-place="${row}:${column}"]`)?.focus();
  }
}

interface CardData {
  readonly card: MatrixCard;
  readonly template: TemplateRef<{ $implicit: MatrixCard }> | null;
}

@Component({
  selector: 'ui-matrix-card',
  imports: [MatDialogModule, NgTemplateOutlet, RouterLink, StatusLight, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <h2 mat-dialog-title>{{ data.card.column.title ?? data.card.column.text }}</h2>
      <mat-dialog-content>
        <p>{{ data.card.row.title ?? data.card.row.text }}</p>
        @if (data.template) {
          <ng-container
            [ngTemplateOutlet]="data.template"
            [ngTemplateOutletContext]="{ $implicit: data.card }"
          />
        } @else {
          <p><ui-status-light [light]="data.card.cell.light" [text]="data.card.cell.text" /></p>
          @if (data.card.cell.description) {
            <p>{{ data.card.cell.description }}</p>
          }
        }
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button type="button" class="button" mat-dialog-close>{{ t('ui.close') }}</button>
        @if (data.card.cell.link; as link) {
          <a class="button primary" [routerLink]="link" mat-dialog-close>{{ t('ui.open') }}</a>
        }
      </mat-dialog-actions>
    </ng-container>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MatrixCardDialog {
  protected readonly data = inject<CardData>(MAT_DIALOG_DATA);
}

@Injectable({ providedIn: 'root' })
export class MatrixCards {
  private readonly dialog = inject(MatDialog);

  open(card: MatrixCard, template: CardData['template']): void {
    this.dialog.open(MatrixCardDialog, { data: { card, template } satisfies CardData, width: '26rem' });
  }
}

function sumOf(cells: readonly (MatrixCell | null)[]): number {
  return cells.reduce((sum, cell) => sum + (cell ? (cell.count ?? 1) : 0), 0);
}

function place(rowId: string, columnId: string): string {
  return JSON.stringify([rowId, columnId]);
}
