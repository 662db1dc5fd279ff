import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { ResolveFn, Router } from '@angular/router';
import { Translation, TranslocoLoader, TranslocoService } from '@jsverse/transloco';
import { Observable, firstValueFrom, forkJoin, map } from 'rxjs';
import { Language, PreferencesService } from './preferences.service';

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

/** Changes the language at run time, once all texts in view are there: no bare key is ever shown. */
@Injectable({ providedIn: 'root' })
export class LanguageSwitch {
  private readonly router = inject(Router);
  private readonly transloco = inject(TranslocoService);
  private readonly preferences = inject(PreferencesService);

  async use(language: Language): Promise<void> {
    const scopes: string[] = [];
    for (let route = this.router.routerState.snapshot.root.firstChild; route; route = route.firstChild) {
      const scope: unknown = route.routeConfig?.data?.['texts'];
      if (typeof scope === 'string') {
        scopes.push(`${scope}/${language}`);
      }
    }
    await firstValueFrom(forkJoin([language, ...scopes].map((path) => this.transloco.load(path))));
    this.preferences.language.set(language);
    this.transloco.setActiveLang(language);
  }
}
