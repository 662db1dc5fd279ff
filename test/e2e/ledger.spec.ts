import { Page, expect, test } from '@playwright/test';
import { read } from './api';
import { expectAccessible, watchConsole } from './axe';
import { nantong, office } from './people';
import { openAs } from './sign-in';

interface Totals {
  readonly total: number;
  readonly open: number;
  readonly handedIn: number;
  readonly returned: number;
  readonly confirmed: number;
}

interface Cell {
  readonly id: string;
  readonly artefactKey: string;
  readonly status: string;
  readonly isFilled: boolean;
}

interface Ledger {
  readonly totals: Totals;
  readonly columns: readonly { readonly key: string; readonly shortName: string }[];
  readonly items: readonly { readonly number: string; readonly name: string; readonly slots: readonly Cell[] }[];
}

const SIZES = [
  { width: 1366, height: 768 },
  { width: 390, height: 844 },
];

/** The pilot of this person that has a ledger. */
async function withLedger(page: Page, region: string): Promise<string> {
  const { items } = await read<{ items: readonly { id: string; regionName: string }[] }>(
    page,
    '/api/pilots?maxResultCount=100',
  );
  for (const { id } of items.filter((pilot) => pilot.regionName === region)) {
    if ((await read<Ledger>(page, `/api/pilots/${id}/ledger`)).totals.total > 0) {
      return id;
    }
  }
  throw new Error(`no pilot of ${region} has a ledger`);
}

/** An item of which nothing has been done yet. */
async function untouched(page: Page, pilot: string): Promise<Ledger['items'][number]> {
  const ledger = await read<Ledger>(page, `/api/pilots/${pilot}/ledger?state=Open&maxResultCount=200`);
  const item = ledger.items.find((row) => row.slots.every((cell) => cell.status === 'Open' && !cell.isFilled));
  if (!item) {
    throw new Error('every item of the ledger has been begun');
  }
  return item;
}

test('a ledger is filled by many files at once, handed in, returned and confirmed', async ({ browser }) => {
  test.setTimeout(180_000);
  const city = await openAs(browser, nantong);
  const complaints = watchConsole(city);
  const pilot = await withLedger(city, '南通市');
  const before = await read<Ledger>(city, `/api/pilots/${pilot}/ledger`);
  expect(before.totals.open + before.totals.handedIn + before.totals.returned + before.totals.confirmed).toBe(
    before.totals.total,
  );
  const item = await untouched(city, pilot);
  const [first, second] = before.columns;

  // Two names say where they belong, one does not: nothing is sent before that is answered.
  await city.goto(`/pilots/${pilot}/ledger?search=${encodeURIComponent(item.name)}`);
  await city.getByRole('button', { name: '批量上传' }).click();
  const text = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(`${name}，内容供测试`) });
  await city
    .getByLabel('选择文件')
    .setInputFiles([
      text(`${item.number}-${first?.shortName}-说明.txt`),
      text(`0${item.number} ${second?.shortName}.txt`),
      text('会议纪要.txt'),
    ]);
  await expect(city.getByText('3 个文件，2 个已确定位置')).toBeVisible();
  await expect(city.getByText('文件名开头没有事项编号，请选择')).toBeVisible();
  await expect(city.getByRole('button', { name: /上传并放入台账/ })).toBeDisabled();
  await expectAccessible(city);
  await city.getByRole('button', { name: '移除 会议纪要.txt' }).click();
  await city.getByRole('button', { name: '上传并放入台账（2 个文件）' }).click();
  await expect(city.getByText('2 个文件已放入 2 项材料，尚未报送')).toBeVisible();

  // Nobody else sees drafts; handing in the chosen row hands in what is filled.
  const province = await openAs(browser, office);
  const asSeen = await read<Ledger>(province, `/api/pilots/${pilot}/ledger`);
  expect(asSeen.totals.handedIn).toBe(before.totals.handedIn);
  await city.getByRole('checkbox', { name: `选择“${item.number} ${item.name}”` }).check();
  await city.getByRole('button', { name: '报送材料 2 项' }).click();
  await city.getByRole('alertdialog').getByRole('button', { name: '报送', exact: true }).click();
  await expect(city.getByText('已报送材料 2 项')).toBeVisible();

  // The issuer opens one by keyboard, returns it with a reason, and confirms the other.
  await province.goto(`/pilots/${pilot}/ledger?search=${encodeURIComponent(item.name)}`);
  const cells = province.getByRole('row', { name: new RegExp(item.name) }).getByRole('gridcell');
  await cells.filter({ hasText: '待审' }).first().focus();
  await province.keyboard.press('Enter');
  const panel = province.getByRole('complementary', { name: '台账材料' });
  await expect(panel.getByRole('heading', { name: `${item.number} ${item.name}` })).toBeFocused();
  await panel.getByRole('button', { name: '退回' }).click();
  await province.getByRole('alertdialog').getByLabel('退回理由').fill('请补充流程图');
  await province.getByRole('alertdialog').getByRole('button', { name: '退回', exact: true }).click();
  await expect(panel.getByText('请补充流程图').first()).toBeVisible();
  await panel.getByRole('button', { name: '关闭' }).click();
  await province.getByRole('checkbox', { name: `选择“${item.number} ${item.name}”` }).check();
  await province.getByRole('button', { name: '确认材料 1 项' }).click();
  await province.getByRole('alertdialog').getByRole('button', { name: '确认', exact: true }).click();
  await expect(province.getByText('已确认材料 1 项')).toBeVisible();

  const after = await read<Ledger>(province, `/api/pilots/${pilot}/ledger`);
  expect(after.totals).toMatchObject({
    total: before.totals.total,
    open: before.totals.open - 2,
    returned: before.totals.returned + 1,
    confirmed: before.totals.confirmed + 1,
    handedIn: before.totals.handedIn,
  });
  complaints();
});

for (const size of SIZES) {
  for (const care of [false, true]) {
    test(`the ledger is accessible at ${size.width}${care ? ' in 关怀版' : ''}`, async ({ browser }) => {
      test.setTimeout(120_000);
      for (const person of [nantong, office]) {
        const page = await openAs(browser, person);
        const complaints = watchConsole(page);
        await page.setViewportSize(size);
        const pilot = await withLedger(page, '南通市');
        await page.goto(`/pilots/${pilot}`);
        if (care) {
          await page.evaluate(() => document.documentElement.classList.add('care'));
        }
        await expect(page.getByRole('link', { name: '事项台账' })).toBeVisible();
        await page.getByRole('link', { name: '事项台账' }).click();
        await expect(page.getByRole('heading', { name: '事项台账' })).toBeVisible();
        await expectAccessible(page);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width, 'nothing scrolls sideways').toBeLessThanOrEqual(size.width);
        await page.locator('[data-place="0:1"]').click();
        await expect(page.getByRole('complementary', { name: '台账材料' }).getByRole('heading').first()).toBeFocused();
        await expectAccessible(page);
        complaints();
        await page.context().close();
      }
    });
  }
}
