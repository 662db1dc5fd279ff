import { Injectable, inject } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { RouterStateSnapshot, TitleStrategy } from '@angular/router';
import { TranslocoService } from '@jsverse/transloco';
import { merge } from 'rxjs';

/** A route's `title` is a text key; the tab then reads “试点计划 - 改革试点管理平台”. */
@Injectable({ providedIn: 'root' })
export class PageTitleStrategy extends TitleStrategy {
  private readonly title = inject(Title);
  private readonly transloco = inject(TranslocoService);
  private last: RouterStateSnapshot | null = null;

  constructor() {
    super();
    // A module's texts arrive after the language has changed: listen to both.
    merge(this.transloco.langChanges$, this.transloco.events$).subscribe(() => {
      if (this.last) {
        this.updateTitle(this.last);
      }
    });
  }

  override updateTitle(snapshot: RouterStateSnapshot): void {
    this.last = snapshot;
    const key = this.buildTitle(snapshot);
    const product = this.transloco.translate('product.name');
    this.title.setTitle(key ? `${this.transloco.translate(key)} - ${product}` : product);
  }
}
