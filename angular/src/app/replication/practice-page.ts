import { ChangeDetectionStrategy, Component, OnInit, computed, inject, input, signal } from '@angular/core';
import { HttpClient } from '@angular/common/http';
import { MatDialog } from '@angular/material/dialog';
import { RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { Api } from '@api/api';
import {
  downloadReplicationReport,
  getPractice,
  listPracticeAdopters,
  listPracticeDownloads,
} from '@api/functions';
import { AdopterDto, AdoptionDto, DownloadDto, PracticeDto } from '@api/models';
import { ApiProblem, AppDatePipe, AppInstantPipe, SessionService } from '@core';
import { Busy, Definition, DefinitionList, Loading, PageHeader, ProblemView, StateChip, Toast } from '@ui';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { AdoptDialog } from './adopt-dialog';
import { MATURITY_TONES } from './maturity';

/** A practice to be read, downloaded and adopted. */
@Component({
  selector: 'app-practice-page',
  imports: [
    AppDatePipe,
    AppInstantPipe,
    Busy,
    DefinitionList,
    Loading,
    PageHeader,
    ProblemView,
    RouterLink,
    StateChip,
    TranslocoDirective,
  ],
  template: `
    <ng-container *transloco="let t">
      @if (problem(); as failure) {
        <ui-problem-view [problem]="failure" (retry)="read()" />
      } @else if (practice(); as p) {
        <ui-page-header [title]="p.title">
          <ui-state-chip
            uiState
            [text]="t('replication.maturity.' + p.maturity)"
            [tone]="tones[p.maturity]"
          />
          <div uiPrimary class="button-row">
            @if (mayEdit() && p.draftId) {
              <a class="button" [routerLink]="['/replication/drafts', p.draftId]">{{
                t('replication.practice.edit')
              }}</a>
            }
            <button type="button" class="button" [uiAction]="download">
              {{ t('replication.practice.download') }}
            </button>
            @if (mayAdopt()) {
              <button type="button" class="button primary" (click)="adopt()">
                {{ t('replication.practice.adopt') }}
              </button>
            }
          </div>
          {{ p.originProvinceName }} {{ p.originName }} · {{ p.themeTitle }}
        </ui-page-header>
        @if (p.ownAdoptionId) {
          <p class="card" role="status">
            <span aria-hidden="true">●</span>
            {{ t('replication.practice.adopted') }}
            <a routerLink="/replication/adoptions">{{ t('replication.adoptions.title') }}</a>
          </p>
        }
        <div class="columns">
          <article class="card">
            <p class="summary">{{ p.summary }}</p>
            <h2>{{ t('replication.field.background') }}</h2>
            <p class="text">{{ p.background }}</p>
            <h2>{{ t('replication.field.measures') }}</h2>
            <p class="text">{{ p.measures }}</p>
            <h2>{{ t('replication.field.results') }}</h2>
            <p class="text">{{ p.results }}</p>
            <h2>{{ t('replication.field.conditions') }}</h2>
            <p class="text">{{ p.conditions }}</p>
          </article>
          <aside>
            <section class="card">
              <h2>{{ t('replication.practice.facts') }}</h2>
              <ui-definition-list [items]="facts()" />
              <p class="quiet">
                {{ t('replication.field.certifiedAt') }} {{ p.certifiedAt | appDate }} ·
                {{ t('replication.practice.version', { version: p.version }) }}
              </p>
              <p class="quiet">{{ t('replication.practice.logged') }}</p>
            </section>
            @if (adopters().length > 0) {
              <section class="card">
                <h2>{{ t('replication.practice.adopters') }}</h2>
                <ul>
                  @for (adopter of adopters(); track adopter.regionId) {
                    <li>
                      {{ adopter.regionName }} {{ t('replication.adoptionStatus.' + adopter.status) }}
                      <span class="quiet">{{ adopter.since | appDate }}</span>
                      <p class="text quiet">{{ adopter.adaptationNotes }}</p>
                    </li>
                  }
                </ul>
              </section>
            }
            @if (downloads().length > 0) {
              <section class="card">
                <h2>{{ t('replication.practice.downloads') }}</h2>
                <ul>
                  @for (item of downloads(); track $index) {
                    <li>
                      {{ item.regionName }} {{ t('replication.practice.version', { version: item.version }) }}
                      <span class="quiet">{{ item.at | appInstant }}</span>
                    </li>
                  }
                </ul>
              </section>
            }
          </aside>
        </div>
      } @else {
        <ui-loading [lines]="12" />
      }
    </ng-container>
  `,
  styles: `
    h2 {
      font-size: var(--text-size-section);
    }

    article {
      max-width: 48rem;
      line-height: 1.8;
    }

    article h2 {
      margin-top: 16px;
    }

    .summary {
      font-weight: 600;
    }

    .text {
      overflow-wrap: anywhere;
      white-space: pre-line;
    }

    .card {
      margin-bottom: 16px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PracticePage implements OnInit {
  private readonly api = inject(Api);
  private readonly http = inject(HttpClient);
  private readonly dialog = inject(MatDialog);
  private readonly session = inject(SessionService);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);
  private readonly breadcrumb = inject(BreadcrumbService);

  readonly id = input.required<string>();
  protected readonly tones = MATURITY_TONES;
  protected readonly practice = signal<PracticeDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly adopters = signal<readonly AdopterDto[]>([]);
  protected readonly downloads = signal<readonly DownloadDto[]>([]);
  protected readonly mayAdopt = computed(
    () => this.practice()?.canAdopt === true && this.session.can('Replication.Adopt'),
  );
  protected readonly mayEdit = computed(() => this.session.can('Replication.Certify'));
  protected readonly facts = computed<Definition[]>(() => {
    const practice = this.practice();
    const term = (key: string) => this.transloco.translate('replication.field.' + key);
    return practice
      ? [
          { term: term('issuingBody'), text: practice.issuingBody },
          { term: term('noticeNumber'), text: practice.noticeNumber ?? null },
          { term: term('reportNumber'), text: practice.reportNumber ?? null },
          { term: term('keywords'), text: practice.keywords.join('、') },
          { term: term('adoptionCount'), text: practice.adoptionCount },
        ]
      : [];
  });

  ngOnInit(): void {
    void this.read();
  }

  protected async read(): Promise<void> {
    this.problem.set(null);
    try {
      const practice = await this.api.invoke(getPractice, { id: this.id() });
      this.practice.set(practice);
      this.breadcrumb.setLeaf(practice.title);
      // Only the region that certified it gets the draft's id, and with it something in these lists.
      if (practice.draftId) {
        const [adopters, downloads] = await Promise.all([
          this.api.invoke(listPracticeAdopters, { id: practice.id, maxResultCount: 200 }),
          this.api.invoke(listPracticeDownloads, { id: practice.id, maxResultCount: 50 }),
        ]);
        this.adopters.set(adopters.items);
        this.downloads.set(downloads.items);
      }
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  protected readonly download = async (): Promise<void> => {
    const practice = this.practice();
    if (!practice) {
      return;
    }
    // The generated function would read the file as text: only its address is of use here.
    const path = downloadReplicationReport.PATH.replace('{id}', practice.id);
    const report = await firstValueFrom(this.http.get(path, { responseType: 'blob' }));
    const url = URL.createObjectURL(report);
    const link = document.createElement('a');
    link.href = url;
    link.download = this.transloco.translate('replication.practice.fileName', {
      title: practice.title,
      version: practice.version,
    });
    link.click();
    URL.revokeObjectURL(url);
    this.toast.success(this.transloco.translate('replication.practice.downloadedToast'));
  };

  protected async adopt(): Promise<void> {
    const practice = this.practice();
    if (!practice) {
      return;
    }
    const opened = this.dialog.open<AdoptDialog, PracticeDto, AdoptionDto>(AdoptDialog, {
      data: practice,
      width: '36rem',
    });
    if (await firstValueFrom(opened.afterClosed())) {
      this.toast.success(this.transloco.translate('replication.adopt.doneToast'));
      await this.read();
    }
  }
}
