import { DOCUMENT, Injectable, effect, inject, signal } from '@angular/core';

export type Language = 'zh-Hans' | 'en';
export const LANGUAGES: readonly Language[] = ['zh-Hans', 'en'];

const STORAGE_KEY = 'pilot-preferences';

interface Stored {
  readonly language?: string;
  readonly care?: boolean;
}

/** Language and 关怀版, kept on this device: they are needed before anybody has signed in. */
@Injectable({ providedIn: 'root' })
export class PreferencesService {
  private readonly document = inject(DOCUMENT);
  private readonly stored = this.read();

  readonly language = signal<Language>(asLanguage(this.stored.language));
  /** Large text and high contrast. */
  readonly care = signal(this.stored.care === true);

  constructor() {
    effect(() => {
      const language = this.language();
      const care = this.care();
      this.document.documentElement.lang = language;
      this.document.documentElement.classList.toggle('care', care);
      this.write({ language, care });
    });
  }

  private read(): Stored {
    try {
      return (JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') ?? {}) as Stored;
    } catch {
      // Storage is blocked or holds something else: the defaults serve.
      return {};
    }
  }

  private write(value: Stored): void {
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify(value));
    } catch {
      // Storage is blocked or full: the choice then lasts until the page is left.
    }
  }
}

function asLanguage(value: string | undefined): Language {
  return LANGUAGES.find((language) => language === value) ?? 'zh-Hans';
}
