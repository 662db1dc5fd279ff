import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { HttpClient } from '@angular/common/http';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { Api } from '@api/api';
import { downloadItemTemplate } from '@api/fn/item-lists/download-item-template';
import { readItemTable } from '@api/fn/item-lists/read-item-table';
import { readItemText } from '@api/fn/item-lists/read-item-text';
import { ItemField } from '@api/models/item-field';
import { ItemImportDto } from '@api/models/item-import-dto';
import { ItemImportRowDto } from '@api/models/item-import-row-dto';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ApiProblem } from '@core';
import { Busy, problemText } from '@ui';
import { saveFile } from './items-download';
import { ImportMode, ItemRow, importCount } from './items-model';

export interface ItemsImportData {
  readonly listId: string;
  readonly rows: readonly ItemRow[];
  /** A text that was pasted into the table already. */
  readonly text: string;
  /** A locked list takes further items only. */
  readonly appendOnly: boolean;
  readonly groupNames: ReadonlyMap<string, string>;
}

export interface ItemsImportResult {
  readonly rows: readonly ItemImportRowDto[];
  readonly mode: ImportMode;
}

const FIELDS: readonly ItemField[] = [
  'Number',
  'Name',
  'Code',
  'OfficeName',
  'Mode',
  'Kind',
  'Regions',
  'Batch',
];
const PREVIEW_ROWS = 50;
const LARGEST = 10 * 1024 * 1024;

/** Brings a table in: paste or choose a file, look at what was read, correct the columns, confirm. */
@Component({
  selector: 'app-items-import',
  imports: [Busy, MatDialogModule, TranslocoDirective],
  templateUrl: './items-import.html',
  styles: `
    mat-dialog-content {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 12px;
    }

    .row {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 16px;
      align-items: end;
    }

    .row select {
      width: auto;
      max-width: 100%;
    }

    .error {
      color: var(--bad);
    }

    .scroll {
      max-height: 40vh;
      overflow: auto;
      border: 1px solid var(--line);
      border-radius: var(--radius);
    }

    table {
      border-collapse: collapse;
      width: 100%;
    }

    th,
    td {
      min-width: 5rem;
      padding: 4px 8px;
      border-bottom: 1px solid var(--line);
      text-align: left;
      vertical-align: top;
    }

    th select {
      min-width: 8rem;
    }

    td.name {
      min-width: 14rem;
    }

    .inherited {
      color: var(--text-quiet);
      font-style: italic;
    }

    tr.blocked td {
      background: var(--bad-pale);
    }

    tr.same td {
      background: var(--attention-pale);
    }

    .errors {
      display: grid;
      gap: 4px;
      max-height: 10rem;
      margin: 0;
      padding: 0;
      overflow-y: auto;
      list-style: none;
    }

    fieldset {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 24px;
      margin: 0;
      padding: 0;
      border: 0;
    }

    mat-dialog-actions {
      gap: 8px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ItemsImport {
  private readonly api = inject(Api);
  private readonly http = inject(HttpClient);
  private readonly ref = inject<MatDialogRef<ItemsImport, ItemsImportResult>>(MatDialogRef);
  private readonly transloco = inject(TranslocoService);
  protected readonly data = inject<ItemsImportData>(MAT_DIALOG_DATA);

  protected readonly fields = FIELDS;
  protected readonly text = signal(this.data.text);
  protected readonly file = signal<File | null>(null);
  protected readonly read = signal<ItemImportDto | null>(null);
  protected readonly failure = signal('');
  protected readonly mode = signal<ImportMode>(
    this.data.appendOnly || this.data.rows.length > 0 ? 'append' : 'replace',
  );
  protected readonly shown = computed(() => this.read()?.rows.slice(0, PREVIEW_ROWS) ?? []);
  protected readonly blocked = computed(() => this.read()?.rows.filter((row) => row.blocked).length ?? 0);
  protected readonly count = computed(() =>
    importCount(this.data.rows, this.read()?.rows ?? [], this.mode()),
  );

  constructor() {
    if (this.data.text) {
      void this.ask();
    }
  }

  protected choose(event: Event): void {
    const file = (event.target as HTMLInputElement).files?.[0] ?? null;
    this.failure.set('');
    if (file && file.size > LARGEST) {
      this.file.set(null);
      this.failure.set(this.transloco.translate('programmes.items.import.tooLarge'));
      return;
    }
    this.file.set(file);
    if (file) {
      void this.ask();
    }
  }

  protected readonly start = (): Promise<void> => this.ask();

  protected again(): void {
    this.read.set(null);
    this.file.set(null);
  }

  protected chooseTable(value: string): void {
    void this.ask({ table: Number(value) });
  }

  protected chooseHeading(value: string): void {
    const row = Number(value);
    if (Number.isInteger(row) && row >= 0) {
      void this.ask({ table: this.read()?.table, headingRow: row });
    }
  }

  protected chooseField(column: number, value: string): void {
    const read = this.read();
    if (!read) {
      return;
    }
    const field = (value || null) as ItemField | null;
    const fields = read.columns.map((other, index) =>
      index === column ? field : other.field === field ? null : other.field,
    );
    void this.ask({
      table: read.table,
      headingRow: read.headingRow,
      fields: fields.map((name) => name ?? '').join(','),
    });
  }

  protected readonly template = (): Promise<void> =>
    saveFile(
      this.http,
      downloadItemTemplate.PATH,
      {},
      this.transloco.translate('programmes.items.import.templateName'),
    );

  protected regionsOf(row: ItemImportRowDto): string {
    const group = row.item.groupKey ? (this.data.groupNames.get(row.item.groupKey) ?? '') : '';
    return row.item.regionIds.length > 0
      ? this.transloco.translate('programmes.items.import.partOf', {
          group,
          count: row.item.regionIds.length,
        })
      : group;
  }

  protected confirm(): void {
    const read = this.read();
    if (read && this.count() > 0) {
      this.ref.close({ rows: read.rows, mode: this.mode() });
    }
  }

  private async ask(options: { table?: number; headingRow?: number; fields?: string } = {}): Promise<void> {
    this.failure.set('');
    const file = this.file();
    try {
      this.read.set(
        file
          ? await this.api.invoke(readItemTable, { id: this.data.listId, ...options, body: { file } })
          : await this.api.invoke(readItemText, {
              id: this.data.listId,
              body: {
                text: this.text(),
                headingRow: options.headingRow ?? null,
                fields: options.fields ?? null,
              },
            }),
      );
    } catch (error) {
      this.failure.set(problemText(ApiProblem.from(error), this.transloco));
    }
  }
}
