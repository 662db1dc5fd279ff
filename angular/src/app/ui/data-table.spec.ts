import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { Observable, of, throwError } from 'rxjs';
import { ApiProblem } from '@core';
import { provideTexts } from '../../testing/texts';
import { DataColumn, DataTable, UiCell } from './data-table';
import { TablePage, TableQuery } from './table-query';

interface Row {
  readonly id: string;
  readonly name: string;
}

const ask = vi.fn<(query: TableQuery) => Observable<TablePage<Row>>>();

@Component({
  selector: 'app-host',
  imports: [DataTable, UiCell],
  template: `
    <ui-data-table
      caption="试点"
      sorting="name"
      [columns]="columns"
      [load]="load"
      [filters]="filters"
      [rowLink]="link"
      [rowActions]="actions"
      [totals]="{ state: '2 项' }"
      exportable
      (exportRequested)="exported($event)"
    >
      <ng-template uiCell="state" let-row
        ><b>{{ $any(row).id }}</b></ng-template
      >
    </ui-data-table>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class Host {
  readonly columns: DataColumn<Row>[] = [
    { key: 'name', textKey: 'nav.pilots', value: (row) => row.name, sortable: true },
    { key: 'state', textKey: 'nav.review' },
    { key: 'extra', textKey: 'nav.insights', value: () => 'x', hidden: true },
  ];
  readonly filters = [{ key: 'light', textKey: 'nav.insights', options: [{ value: 'Red', text: '逾期' }] }];
  readonly load = ask;
  readonly link = (row: Row) => ['/pilots', row.id];
  readonly actions = () => [{ text: '催办', run: () => undefined }];
  readonly exported = vi.fn();
}

@Component({ selector: 'app-target', template: '', changeDetection: ChangeDetectionStrategy.OnPush })
class Target {}

async function show(url = '/') {
  TestBed.configureTestingModule({
    providers: [
      provideTexts(),
      provideRouter([
        { path: '', component: Host },
        { path: 'pilots/:id', component: Target },
      ]),
    ],
  });
  const harness = await RouterTestingHarness.create();
  const host = await harness.navigateByUrl(url, Host);
  await harness.fixture.whenStable();
  const root = harness.routeNativeElement as HTMLElement;
  const rows = () => [...root.querySelectorAll<HTMLElement>('tbody tr')];
  const press = async (row: HTMLElement | undefined, key: string) => {
    row?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await harness.fixture.whenStable();
  };
  return { harness, host, root, rows, press, router: TestBed.inject(Router) };
}

describe('ui-data-table', () => {
  beforeEach(() => {
    ask.mockReset().mockReturnValue(
      of({
        totalCount: 42,
        items: [
          { id: '1', name: '南京市' },
          { id: '2', name: '南通市' },
        ],
      }),
    );
  });

  it('asks for what the address says, so that a link reproduces the view', async () => {
    await show('/?page=2&sort=name%20desc&light=Red');
    expect(ask).toHaveBeenCalledTimes(1);
    expect(ask).toHaveBeenCalledWith({
      skipCount: 20,
      maxResultCount: 20,
      sorting: 'name desc',
      filters: { light: 'Red' },
    });
  });

  it('draws cells, links, hidden columns and totals', async () => {
    const { root, rows } = await show();
    expect(rows()).toHaveLength(2);
    expect(rows()[1]?.querySelector('a')?.getAttribute('href')).toBe('/pilots/2');
    expect(rows()[1]?.querySelector('b')?.textContent).toBe('2');
    expect(root.querySelector('thead')?.textContent).not.toContain('驾驶舱');
    expect(root.querySelector('tfoot')?.textContent).toContain('2 项');
    expect(root.querySelector('th')?.getAttribute('aria-sort')).toBe('ascending');
  });

  it('sorts by its header and writes that into the address', async () => {
    const { root, router, harness } = await show();
    root.querySelector<HTMLElement>('.sort')?.click();
    await harness.fixture.whenStable();
    expect(router.url).toBe('/?sort=name%20desc');
    expect(ask).toHaveBeenLastCalledWith(expect.objectContaining({ sorting: 'name desc' }));
  });

  it('shows filters as chips that can be taken away', async () => {
    const { root, router, harness } = await show('/?light=Red');
    const chip = root.querySelector<HTMLElement>('.chip');
    expect(chip?.textContent).toContain('逾期');
    chip?.click();
    await harness.fixture.whenStable();
    expect(router.url).toBe('/');
    expect(root.querySelector('.chip')).toBeNull();
  });

  it('moves between rows by arrows with one tab stop', async () => {
    const { rows, press } = await show();
    expect(rows().map((row) => row.tabIndex)).toEqual([0, -1]);
    await press(rows()[0], 'ArrowDown');
    expect(rows().map((row) => row.tabIndex)).toEqual([-1, 0]);
    await press(rows()[1], 'ArrowDown');
    await press(rows()[1], 'Home');
    expect(rows().map((row) => row.tabIndex)).toEqual([0, -1]);
  });

  it('opens a row by Enter and its actions by Space', async () => {
    const { rows, press, router } = await show();
    await press(rows()[1], ' ');
    expect(document.querySelector('[role=menuitem]')?.textContent).toContain('催办');
    await press(rows()[1], 'Enter');
    expect(router.url).toBe('/pilots/2');
  });

  it('exports exactly what is shown', async () => {
    const { root, host } = await show('/?light=Red');
    [...root.querySelectorAll('button')].find((button) => button.textContent.includes('导出'))?.click();
    expect(host.exported).toHaveBeenCalledWith({
      skipCount: 0,
      maxResultCount: 20,
      sorting: 'name',
      filters: { light: 'Red' },
    });
  });

  it('tells an empty list from a list that a filter emptied', async () => {
    ask.mockReturnValue(of({ totalCount: 0, items: [] }));
    const { root } = await show('/?light=Red');
    expect(root.textContent).toContain('没有符合条件的内容');
  });

  it('shows a failure and asks again', async () => {
    ask.mockReturnValueOnce(throwError(() => new ApiProblem({ title: '数据库繁忙', status: 503 })));
    const { root, rows, harness } = await show();
    expect(root.querySelector('[role=alert]')?.textContent).toContain('数据库繁忙');
    [...root.querySelectorAll('button')].find((button) => button.textContent.includes('重试'))?.click();
    await harness.fixture.whenStable();
    expect(rows()).toHaveLength(2);
  });
});
