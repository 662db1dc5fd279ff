import { EnvironmentProviders, Provider } from '@angular/core';
import { TranslocoTestingModule } from '@jsverse/transloco';
import { importProvidersFrom } from '@angular/core';
import en from '../../public/i18n/en.json';
import zh from '../../public/i18n/zh-Hans.json';

/** The real shared texts, loaded at once: specs then read what people read. */
export function provideTexts(): (Provider | EnvironmentProviders)[] {
  return [
    importProvidersFrom(
      TranslocoTestingModule.forRoot({
        langs: { 'zh-Hans': zh, en },
        translocoConfig: {
          availableLangs: ['zh-Hans', 'en'],
          defaultLang: 'zh-Hans',
          reRenderOnLangChange: true,
        },
        preloadLangs: true,
      }),
    ),
  ];
}
