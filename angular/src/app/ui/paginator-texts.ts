import { Injectable, inject } from '@angular/core';
import { MatPaginatorIntl } from '@angular/material/paginator';
import { TranslocoService } from '@jsverse/transloco';
import { merge } from 'rxjs';

/** Material brings no Chinese of its own. */
@Injectable()
export class PaginatorTexts extends MatPaginatorIntl {
  private readonly transloco = inject(TranslocoService);

  constructor() {
    super();
    merge(this.transloco.langChanges$, this.transloco.events$).subscribe(() => {
      this.update();
    });
    this.update();
  }

  override getRangeLabel = (page: number, pageSize: number, length: number): string => {
    const from = length === 0 ? 0 : page * pageSize + 1;
    const to = Math.min(length, (page + 1) * pageSize);
    return this.transloco.translate('ui.paginator.range', { from, to, length });
  };

  private update(): void {
    this.itemsPerPageLabel = this.transloco.translate('ui.paginator.pageSize');
    this.nextPageLabel = this.transloco.translate('ui.paginator.next');
    this.previousPageLabel = this.transloco.translate('ui.paginator.previous');
    this.firstPageLabel = this.transloco.translate('ui.paginator.first');
    this.lastPageLabel = this.transloco.translate('ui.paginator.last');
    this.changes.next();
  }
}
