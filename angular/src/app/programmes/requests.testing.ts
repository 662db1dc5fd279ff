import { HttpRequest, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, TestRequest, provideHttpClientTesting } from '@angular/common/http/testing';
import { Type } from '@angular/core';
import { ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RegionRequestDto } from '@api/models/region-request-dto';
import { TranslocoService } from '@jsverse/transloco';
import { SessionService } from '@core';
import texts from '../../../public/i18n/programmes/zh-Hans.json';
import { provideTexts } from '../../testing/texts';
import { apiInterceptor } from '../core/api.interceptor';

/** A request of 南通 for two items, as the server gives it. */
export function requestOf(rest: Partial<RegionRequestDto> = {}): RegionRequestDto {
  return {
    id: 'q1',
    listId: 'l1',
    listTitle: '赋权事项清单',
    programmeId: 'p1',
    regionId: 'nt',
    regionName: '南通市',
    isOwn: true,
    isIssuer: false,
    status: 'Draft',
    reasons: '已有承接窗口。',
    items: [
      { itemId: null, name: '门店招牌设置备案', officeName: '示例部门1', mode: null },
      { itemId: 'i2', name: '经营场所备案', officeName: '示例部门2', mode: '直接下放' },
    ],
    files: [],
    submittedAt: null,
    decidedAt: null,
    decidedByName: '',
    decisionReason: '',
    issuedVersion: null,
    issuedOn: null,
    concurrencyStamp: 's1',
    ...rest,
  };
}

/** A page or part with the real texts, for somebody with these permissions; the server is answered by hand. */
export function open<T>(
  component: Type<T>,
  permissions: readonly string[],
  inputs: Readonly<Record<string, unknown>>,
) {
  TestBed.configureTestingModule({
    providers: [
      provideTexts(),
      provideRouter([{ path: '**', children: [] }]),
      provideHttpClient(withInterceptors([apiInterceptor])),
      provideHttpClientTesting(),
    ],
  });
  TestBed.inject(TranslocoService).setTranslation({ programmes: texts }, 'zh-Hans');
  const backend = TestBed.inject(HttpTestingController);
  TestBed.inject(SessionService).load().subscribe();
  backend.expectOne('/api/session').flush({ isAuthenticated: true, permissions });
  const fixture: ComponentFixture<T> = TestBed.createComponent(component);
  for (const [name, value] of Object.entries(inputs)) {
    fixture.componentRef.setInput(name, value);
  }
  const root = fixture.nativeElement as HTMLElement;
  document.body.append(root);
  const settle = async () => {
    await new Promise((done) => setTimeout(done, 5));
    await fixture.whenStable();
  };
  return {
    backend,
    fixture,
    root,
    settle,
    /** Answers the one request to this address and gives what was sent. */
    async answer(path: string, body: object, status = 200) {
      const isAsked = (request: HttpRequest<unknown>) => request.url.split('?')[0] === path;
      // Dialogs answer only once they have closed.
      let found: TestRequest[] = [];
      for (let tries = 0; found.length === 0 && tries < 100; tries++) {
        await settle();
        found = backend.match(isAsked);
      }
      const sent = found[0] ?? backend.expectOne(isAsked);
      sent.flush(body, { status, statusText: 'said by the spec' });
      await settle();
      return sent.request;
    },
    button(text: string, within: ParentNode = root) {
      const found = [...within.querySelectorAll('button')].find((b) => b.textContent.trim().startsWith(text));
      if (!found) {
        throw new Error(`There is no button “${text}”.`);
      }
      return found;
    },
  };
}

/** The dialog that is open. */
export function dialog(): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>('mat-dialog-container')].at(-1);
  if (!found) {
    throw new Error('No dialog is open.');
  }
  return found;
}

export function type(root: ParentNode, selector: string, text: string): void {
  const field = root.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector);
  if (!field) {
    throw new Error(`There is no field “${selector}”.`);
  }
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
