import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Api } from '@api/api';
import { createRegionRequest } from '@api/fn/region-requests/create-region-request';
import { listRegionRequests } from '@api/fn/region-requests/list-region-requests';
import { RegionRequestListItemDto } from '@api/models/region-request-list-item-dto';
import { TranslocoDirective } from '@jsverse/transloco';
import { ApiProblem, AppInstantPipe, SessionService } from '@core';
import { Busy, Loading, ProblemView, StateChip } from '@ui';
import { requestTone } from './labels';

const SHOWN = 50;

/** 新增事项申请 to one list: the own region's, or those that the issuer received. */
@Component({
  selector: 'app-items-requests',
  imports: [AppInstantPipe, Busy, Loading, ProblemView, RouterLink, StateChip, TranslocoDirective],
  template: `
    <section *transloco="let t" class="card" aria-labelledby="requests-title">
      <h2 id="requests-title">{{ t('programmes.items.request.listTitle') }}</h2>
      @if (problem(); as problem) {
        <ui-problem-view [problem]="problem" (retry)="load()" />
      } @else if (requests(); as requests) {
        @if (requests.length === 0) {
          <p class="quiet">
            {{ t(mayAsk() ? 'programmes.items.request.noneOwn' : 'programmes.items.request.noneReceived') }}
          </p>
        } @else {
          <ul>
            @for (request of requests; track request.id) {
              <li>
                <a [routerLink]="['/programmes/items/requests', request.id]">{{
                  t('programmes.items.request.entry', {
                    region: request.regionName,
                    count: request.itemCount,
                  })
                }}</a>
                <ui-state-chip
                  [text]="t('programmes.items.request.status.' + request.status)"
                  [tone]="tone(request.status)"
                />
                @if (request.issuedVersion; as version) {
                  <span class="quiet">{{ t('programmes.items.request.issuedBriefly', { version }) }}</span>
                }
                @if (request.submittedAt) {
                  <span class="quiet">{{ request.submittedAt | appInstant }}</span>
                }
              </li>
            }
          </ul>
          @if (total() > requests.length) {
            <p class="quiet">
              {{ t('programmes.items.request.found', { shown: requests.length, count: total() }) }}
            </p>
          }
        }
        @if (mayAsk()) {
          <button type="button" class="button no-print" [uiAction]="ask">
            {{ t('programmes.items.request.ask') }}
          </button>
        }
      } @else {
        <ui-loading [lines]="2" />
      }
    </section>
  `,
  styles: `
    ul {
      display: grid;
      gap: 8px;
      margin: 0 0 8px;
      padding: 0;
      list-style: none;
    }

    li {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 12px;
      align-items: center;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ItemsRequests {
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly session = inject(SessionService);

  readonly listId = input.required<string>();
  readonly isIssuer = input.required<boolean>();
  protected readonly requests = signal<readonly RegionRequestListItemDto[] | null>(null);
  protected readonly total = signal(0);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly tone = requestTone;
  protected readonly mayAsk = computed(() => !this.isIssuer() && this.session.can('Programmes.RequestItems'));

  constructor() {
    effect(() => {
      this.listId();
      untracked(() => void this.load());
    });
  }

  protected async load(): Promise<void> {
    this.problem.set(null);
    try {
      const page = await this.api.invoke(listRegionRequests, {
        listId: this.listId(),
        maxResultCount: SHOWN,
      });
      this.requests.set(page.items);
      this.total.set(page.totalCount);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  protected readonly ask = async (): Promise<void> => {
    const request = await this.api.invoke(createRegionRequest, {
      body: { listId: this.listId(), reasons: '', items: [], fileIds: [] },
    });
    await this.router.navigate(['/programmes/items/requests', request.id]);
  };
}
