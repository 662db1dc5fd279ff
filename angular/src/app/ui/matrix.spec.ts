import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTexts } from '../../testing/texts';
import { Matrix, MatrixCard } from './matrix';

async function show() {
  TestBed.configureTestingModule({ providers: [provideTexts(), provideRouter([])] });
  const fixture = TestBed.createComponent(Matrix);
  fixture.componentRef.setInput('caption', '试点主题与地区');
  fixture.componentRef.setInput('unit', '项');
  fixture.componentRef.setInput('rows', [
    { id: 'a', text: '容缺受理' },
    { id: 'b', text: '通办' },
  ]);
  fixture.componentRef.setInput('columns', [
    { id: 'x', text: '南京' },
    { id: 'y', text: '南通' },
    { id: 'z', text: '宿迁' },
  ]);
  fixture.componentRef.setInput('cells', [
    { rowId: 'a', columnId: 'y', light: 'Red', text: '逾期 3 天' },
    { rowId: 'b', columnId: 'x', light: 'Green', text: '已认定' },
    { rowId: 'b', columnId: 'y', light: 'Green', text: '实施中' },
  ]);
  const opened: MatrixCard[] = [];
  fixture.componentInstance.cellActivated.subscribe((card) => opened.push(card));
  await fixture.whenStable();
  const root = fixture.nativeElement as HTMLElement;
  const at = (place: string) => root.querySelector<HTMLElement>(`[data-place="${place}"]`);
  const press = async (place: string, key: string) => {
    at(place)?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await fixture.whenStable();
  };
  const tabStops = () =>
    [...root.querySelectorAll<HTMLElement>('td[tabindex="0"]')].map((cell) => cell.dataset['place']);
  return { root, fixture, at, press, tabStops, opened };
}

describe('ui-matrix', () => {
  it('is a named grid whose totals add up', async () => {
    const { root } = await show();
    expect(root.querySelector('[role=grid]')?.getAttribute('aria-label')).toBe('试点主题与地区');
    const rowTotals = [...root.querySelectorAll('tbody .total')].map((cell) => cell.textContent.trim());
    const footer = [...root.querySelectorAll('tfoot td')].map((cell) => cell.textContent.trim());
    expect(rowTotals).toEqual(['1', '2']);
    expect(footer).toEqual(['1', '2', '0', '3 项']);
  });

  it('counts what a cell stands for', async () => {
    const { root, fixture } = await show();
    fixture.componentRef.setInput('cells', [
      { rowId: 'a', columnId: 'y', light: 'Red', text: '2 项', count: 2 },
      { rowId: 'b', columnId: 'y', light: 'Green', text: '实施中' },
    ]);
    await fixture.whenStable();
    const footer = [...root.querySelectorAll('tfoot td')].map((cell) => cell.textContent.trim());
    expect(footer).toEqual(['0', '3', '0', '3 项']);
  });

  it('puts each state at its crossing', async () => {
    const { at } = await show();
    expect(at('0:1')?.textContent).toContain('逾期 3 天');
    expect(at('0:0')?.textContent.trim()).toBe('无');
  });

  it('has one tab stop and moves it by arrows, stopping at the edges', async () => {
    const { press, tabStops } = await show();
    expect(tabStops()).toEqual(['0:0']);
    await press('0:0', 'ArrowUp');
    await press('0:0', 'ArrowRight');
    expect(tabStops()).toEqual(['0:1']);
    await press('0:1', 'ArrowDown');
    await press('1:1', 'End');
    await press('1:2', 'ArrowRight');
    expect(tabStops()).toEqual(['1:2']);
  });

  it('opens a card on a filled cell by Enter or click, none on an empty one', async () => {
    const { press, at, opened } = await show();
    await press('0:1', 'Enter');
    at('1:0')?.click();
    await press('0:0', 'Enter');
    expect(opened.map((card) => [card.row.id, card.column.id])).toEqual([
      ['a', 'y'],
      ['b', 'x'],
    ]);
    expect(document.querySelector('mat-dialog-container')?.textContent).toContain('逾期 3 天');
  });
});
