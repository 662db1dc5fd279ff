import { provideHttpClient, withInterceptors, withXsrfConfiguration } from '@angular/common/http';
import {
  ApplicationConfig,
  inject,
  isDevMode,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  provideZonelessChangeDetection,
} from '@angular/core';
import { MATERIAL_ANIMATIONS, DateAdapter, MAT_DATE_LOCALE } from '@angular/material/core';
import { provideDateFnsAdapter } from '@angular/material-date-fns-adapter';
import { MatPaginatorIntl } from '@angular/material/paginator';
import {
  TitleStrategy,
  provideRouter,
  withComponentInputBinding,
  withInMemoryScrolling,
  withRouterConfig,
} from '@angular/router';
import { TranslocoService, provideTransloco } from '@jsverse/transloco';
import { enGB, zhCN } from 'date-fns/locale';
import { catchError, forkJoin, of } from 'rxjs';
import { APP_ROUTES } from './app.routes';
import { LANGUAGES, PreferencesService, SessionService, TextLoader, XSRF_COOKIE, XSRF_HEADER } from '@core';
import { apiInterceptor } from './core/api.interceptor';
import { PageTitleStrategy } from './core/page-title';
import { PaginatorTexts } from './ui/paginator-texts';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideZonelessChangeDetection(),
    provideRouter(
      APP_ROUTES,
      withComponentInputBinding(),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled', anchorScrolling: 'enabled' }),
      withRouterConfig({ paramsInheritanceStrategy: 'always' }),
    ),
    provideHttpClient(
      withXsrfConfiguration({ cookieName: XSRF_COOKIE, headerName: XSRF_HEADER }),
      withInterceptors([apiInterceptor]),
    ),
    provideTransloco({
      config: {
        availableLangs: [...LANGUAGES],
        defaultLang: 'zh-Hans',
        fallbackLang: 'zh-Hans',
        missingHandler: { useFallbackTranslation: true },
        reRenderOnLangChange: true,
        prodMode: !isDevMode(),
      },
      loader: TextLoader,
    }),
    provideDateFnsAdapter(),
    { provide: MAT_DATE_LOCALE, useValue: zhCN },
    { provide: MatPaginatorIntl, useClass: PaginatorTexts },
    { provide: TitleStrategy, useClass: PageTitleStrategy },
    // Office work needs no motion; it also spares people with vestibular disorders.
    { provide: MATERIAL_ANIMATIONS, useValue: { animationsDisabled: true } },
    provideAppInitializer(() => {
      const preferences = inject(PreferencesService);
      const transloco = inject(TranslocoService);
      const dates = inject<DateAdapter<Date>>(DateAdapter);
      const language = preferences.language();
      transloco.setActiveLang(language);
      transloco.langChanges$.subscribe((active) => {
        dates.setLocale(active === 'en' ? enGB : zhCN);
      });
      return forkJoin([
        // Without texts the frame still renders and offers a retry; it must not stay blank.
        transloco.load(language).pipe(catchError(() => of(null))),
        inject(SessionService).load(),
      ]);
    }),
  ],
};
