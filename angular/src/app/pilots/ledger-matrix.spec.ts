import { TestBed } from '@angular/core/testing';
import { LedgerCellDto, LedgerRowDto } from '@api/models';
import { provideTexts } from '../../testing/texts';
import { LedgerMatrix } from './ledger-matrix';

function cell(id: string, artefactKey: string, status: LedgerCellDto['status']): LedgerCellDto {
  return {
    id,
    artefactKey,
    artefactName: artefactKey,
    status,
    isNotApplicable: false,
    latestVersion: 0,
    handedInAt: null,
    closedInVersion: null,
    concurrencyStamp: '',
    draftStamp: null,
    isFilled: false,
  };
}

async function show(asList = false) {
  TestBed.configureTestingModule({ providers: [provideTexts()] });
  const fixture = TestBed.createComponent(LedgerMatrix);
  const rows: LedgerRowDto[] = ['1', '2'].map((number) => ({
    id: number,
    order: Number(number),
    number,
    name: `事项${number}`,
    officeName: '民政局',
    mode: null,
    slots: [cell(`${number}a`, 'list', 'Open'), cell(`${number}b`, 'plan', 'HandedIn')],
  }));
  fixture.componentRef.setInput('caption', '海头镇事项台账');
  fixture.componentRef.setInput('columns', [
    { key: 'list', name: '一单', shortName: '一单', asksContact: false },
    { key: 'plan', name: '一案', shortName: '一案', asksContact: false },
  ]);
  fixture.componentRef.setInput('rows', rows);
  fixture.componentRef.setInput('selectable', true);
  fixture.componentRef.setInput('selected', new Set(['2']));
  fixture.componentRef.setInput('asList', asList);
  const opened: string[] = [];
  const toggled: string[] = [];
  fixture.componentInstance.cellOpened.subscribe((chosen) => opened.push(chosen.id));
  fixture.componentInstance.rowToggled.subscribe((chosen) => toggled.push(chosen.id));
  await fixture.whenStable();
  const root = fixture.nativeElement as HTMLElement;
  document.body.append(root);
  const at = (place: string) => root.querySelector<HTMLElement>(`[data-place="${place}"]`);
  const press = async (place: string, key: string) => {
    at(place)?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await fixture.whenStable();
  };
  return { root, at, press, opened, toggled };
}

describe('app-ledger-matrix', () => {
  it('has one tab stop, which the arrows move, from the tick box to the last artefact', async () => {
    const { root, at, press } = await show();
    expect([...root.querySelectorAll('tbody [tabindex="0"]')]).toEqual([at('0:0')]);
    await press('0:0', 'ArrowRight');
    await press('0:1', 'ArrowDown');
    expect(document.activeElement).toBe(at('1:1'));
    await press('1:1', 'End');
    await press('1:2', 'ArrowRight');
    expect(document.activeElement).toBe(at('1:2'));
    expect([...root.querySelectorAll('tbody [tabindex="0"]')]).toEqual([at('1:2')]);
  });

  it('opens a cell by Enter and by click, and chooses its row by Space', async () => {
    const { at, press, opened, toggled } = await show();
    await press('0:2', 'Enter');
    at('1:1')?.click();
    expect(opened).toEqual(['1b', '2a']);
    await press('1:2', ' ');
    expect(toggled).toEqual(['2']);
  });

  it('is a list by item where there is no room for a table', async () => {
    const { root, at, opened } = await show(true);
    expect(root.querySelector('table')).toBeNull();
    expect(root.querySelectorAll('.items > li').length).toBe(2);
    expect(root.querySelectorAll<HTMLInputElement>('input')[1]?.checked).toBe(true);
    at('0:1')?.click();
    expect(opened).toEqual(['1a']);
  });
});
