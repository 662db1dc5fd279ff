import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { describe, expect, it } from 'vitest';
import { BreadcrumbService } from './breadcrumb.service';

@Component({ selector: 'app-page', template: '', changeDetection: ChangeDetectionStrategy.OnPush })
class Page {}

async function at(url: string) {
  TestBed.configureTestingModule({
    providers: [
      provideRouter([
        {
          path: 'users',
          data: { crumb: 'users' },
          children: [
            { path: '', component: Page },
            { path: 'unnamed/:id', component: Page },
            { path: ':id', data: { crumb: 'account' }, component: Page },
          ],
        },
      ]),
    ],
  });
  const service = TestBed.inject(BreadcrumbService);
  const harness = await RouterTestingHarness.create(url);
  return { service, harness, keys: () => service.crumbs().map((crumb) => crumb.textKey) };
}

describe('BreadcrumbService', () => {
  it("puts the record's name in place of the page's own crumb", async () => {
    const { service, keys } = await at('/users/7?tab=1');
    expect(keys()).toEqual(['users', 'account']);
    service.setLeaf('冯晓明');
    expect(keys()).toEqual(['users']);
    expect(service.leaf()).toBe('冯晓明');
  });

  it('keeps the crumbs above a page that has none of its own', async () => {
    const { service, keys } = await at('/users/unnamed/7');
    service.setLeaf('冯晓明');
    expect(keys()).toEqual(['users']);
  });

  it('forgets the name on another page, not when only the query changes', async () => {
    const { service, harness, keys } = await at('/users/7');
    service.setLeaf('冯晓明');
    await harness.navigateByUrl('/users/7?tab=2');
    expect(service.leaf()).toBe('冯晓明');
    await harness.navigateByUrl('/users');
    expect(service.leaf()).toBeNull();
    expect(keys()).toEqual(['users']);
  });
});
