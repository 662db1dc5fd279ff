import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { ResolveFn } from '@angular/router';
import { Translation, TranslocoLoader, TranslocoService } from '@jsverse/transloco';
import { Observable, map } from 'rxjs';

/** `zh-Hans` for the shared texts, `pilots/zh-Hans` for those of a module. */
@Injectable({ providedIn: 'root' })
export class TextLoader implements TranslocoLoader {
  private readonly http = inject(HttpClient);

  getTranslation(path: string): Observable<Translation> {
    return this.http.get<Translation>(`/i18n/${path}.json`);
  }
}

/** Loads a module's texts before its first page, so that no page flashes bare keys. */
export function moduleTexts(scope: string): ResolveFn<boolean> {
  return () => {
    const transloco = inject(TranslocoService);
    return transloco.load(`${scope}/${transloco.getActiveLang()}`).pipe(map(() => true));
  };
}
