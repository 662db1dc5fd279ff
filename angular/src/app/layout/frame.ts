import { BreakpointObserver } from '@angular/cdk/layout';
import { CdkTrapFocus } from '@angular/cdk/a11y';
import { HttpClient } from '@angular/common/http';
import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  ElementRef,
  computed,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed, toObservable, toSignal } from '@angular/core/rxjs-interop';
import { MatMenuModule } from '@angular/material/menu';
import { NavigationEnd, Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { filter, firstValueFrom, map, switchMap } from 'rxjs';
import { LANGUAGES, Language, LanguageSwitch, PreferencesService, SessionService } from '@core';
import { ProblemView, Toast } from '@ui';
import { BreadcrumbService } from './breadcrumb.service';
import { InboxService } from './inbox.service';
import { NAVIGATION } from './navigation';
import { arrivals } from './arrivals';

/** The frame around every signed-in page: top bar, navigation by job, breadcrumb. */
@Component({
  selector: 'app-frame',
  imports: [
    CdkTrapFocus,
    MatMenuModule,
    ProblemView,
    RouterLink,
    RouterLinkActive,
    RouterOutlet,
    TranslocoDirective,
  ],
  templateUrl: './frame.html',
  styleUrl: './frame.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '(document:keydown.escape)': 'closeDrawer()' },
})
export class Frame {
  private readonly router = inject(Router);
  private readonly http = inject(HttpClient);
  private readonly languageSwitch = inject(LanguageSwitch);
  private readonly toast = inject(Toast);
  protected readonly session = inject(SessionService);
  protected readonly preferences = inject(PreferencesService);
  protected readonly inbox = inject(InboxService);
  protected readonly breadcrumb = inject(BreadcrumbService);

  protected readonly languages = LANGUAGES;
  protected readonly navigation = computed(() =>
    NAVIGATION.filter((entry) => entry.anyOf.length === 0 || this.session.canAny(entry.anyOf)),
  );
  protected readonly roles = computed(() =>
    this.session
      .session()
      .roles.map((role) => role.displayName)
      .join('、'),
  );
  /** Tasks that wait for the person; 0 also while it is not known. */
  protected readonly waiting = computed(() => this.inbox.taskCounts()?.todo ?? 0);
  protected readonly narrow = toSignal(
    inject(BreakpointObserver)
      .observe('(max-width: 900px)')
      .pipe(map((state) => state.matches)),
    { initialValue: false },
  );
  protected readonly drawerOpen = signal(false);
  private readonly main = viewChild.required<ElementRef<HTMLElement>>('main');
  private readonly drawerButton = viewChild<ElementRef<HTMLElement>>('drawerButton');

  constructor() {
    const transloco = inject(TranslocoService);
    toObservable(computed(() => this.inbox.taskCounts()?.todo ?? null))
      .pipe(arrivals(), takeUntilDestroyed())
      .subscribe(() => {
        // As it is when it is said: some may be done since it was noticed.
        if (this.waiting() > 0) {
          this.toast.announce(transloco.translate('frame.tasksArrived', { count: this.waiting() }));
        }
      });
    let first = true;
    inject(Router)
      .events.pipe(
        filter((event) => event instanceof NavigationEnd),
        map((event) => event.urlAfterRedirects.split(/[?#]/)[0]),
        takeUntilDestroyed(inject(DestroyRef)),
      )
      .subscribe((path) => {
        this.drawerOpen.set(false);
        if (!first && path !== this.lastPath) {
          // Screen readers hear nothing of a client-side page change unless focus moves to the new page.
          this.main().nativeElement.focus({ preventScroll: true });
        }
        first = false;
        this.lastPath = path;
        void this.inbox.refresh();
      });
    void this.inbox.refresh();
  }

  private lastPath: string | undefined;

  protected skipToContent(event: Event): void {
    event.preventDefault();
    this.main().nativeElement.focus();
  }

  protected toggleDrawer(): void {
    this.drawerOpen.update((open) => !open);
  }

  protected closeDrawer(): void {
    if (this.drawerOpen()) {
      this.drawerOpen.set(false);
      this.drawerButton()?.nativeElement.focus();
    }
  }

  protected toggleCare(): void {
    this.preferences.care.update((care) => !care);
  }

  protected useLanguage(language: Language): void {
    this.languageSwitch.use(language).catch((error: unknown) => {
      this.toast.failure(error);
    });
  }

  protected reload(): void {
    this.session.load().subscribe();
  }

  protected async signOut(): Promise<void> {
    try {
      await firstValueFrom(
        this.http.post('/api/account/sign-out', {}).pipe(
          // The antiforgery token is bound to the person: fetch the anonymous one for the next sign-in.
          switchMap(() => {
            this.session.clear();
            return this.session.load();
          }),
        ),
      );
      await this.router.navigateByUrl('/sign-in');
    } catch (error) {
      this.toast.failure(error);
    }
  }
}
