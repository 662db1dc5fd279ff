import { Page, expect, test } from '@playwright/test';
import { read } from './api';
import { expectAccessible, watchConsole } from './axe';
import { assessor1, leader, office } from './people';
import { Person, openAs } from './sign-in';

/**
 * What happens around a score, on the demo's data: two scores that lie far apart, an objection and its ruling.
 * What one test changes no other needs, so that they may run in any order, once on a fresh database.
 */
interface Items<T> {
  readonly items: readonly T[];
}
interface Assessment {
  readonly id: string;
  readonly status: string;
}
interface Result {
  readonly id: string;
  readonly state: string;
  readonly regionName: string;
  readonly total: number;
  readonly originalTotal: number | null;
}

const CITIES: Record<string, string> = {
  南京市: 'nj',
  无锡市: 'wx',
  徐州市: 'xz',
  常州市: 'cz',
  苏州市: 'sz',
  南通市: 'nt',
  连云港市: 'lyg',
  淮安市: 'ha',
  盐城市: 'yc',
  扬州市: 'yz',
  镇江市: 'zj',
  泰州市: 'tz',
  宿迁市: 'sq',
};

const coordinatorOf = (regionName: string): Person => ({
  userName: `${CITIES[regionName]}.coordinator`,
  password: office.password,
});

async function resultIn(page: Page, state: string): Promise<Result> {
  const { items } = await read<Items<Result>>(page, '/api/assessment/results?maxResultCount=100');
  const found = items.find((item) => item.state === state);
  if (!found) {
    throw new Error(`no result stands at ${state}`);
  }
  return found;
}

test('the office calls a third assessor in, from those who are not on the panel', async ({ browser }) => {
  const page = await openAs(browser, office);
  const complaints = watchConsole(page);
  const { items } = await read<Items<Assessment>>(page, '/api/assessment/assessments?status=Scored&maxResultCount=100');
  const id = items[0]?.id;
  expect(id, 'the demo has scores that lie far apart').toBeDefined();
  await page.goto(`/assessment/${id}`);
  await page.getByLabel('处理方式').selectOption('Third');
  await expect(page.getByText('与相邻分数差得较多的一个不计入').first()).toBeVisible();
  await expect(page.getByRole('radio', { disabled: true })).toHaveCount(2);
  await page.getByRole('button', { name: '确定加评专家' }).click();
  await expect(page.getByText('请选择一名评估专家。')).toBeVisible();
  await expectAccessible(page);
  await page.locator('app-assessor-picker input:enabled').first().check();
  await page.getByRole('button', { name: '确定加评专家' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: '确定加评专家' }).click();
  await expect(page.getByText('加评专家评分中').first()).toBeVisible();
  await expect(page.getByRole('button', { name: '公布结果' })).toHaveCount(0);
  await expectAccessible(page);
  complaints();
});

test('an objection is ruled on, and both values stay in sight', async ({ browser }) => {
  const page = await openAs(browser, leader);
  const complaints = watchConsole(page);
  const result = await resultIn(page, 'UnderObjection');
  await page.goto('/assessment/objections');
  await page.locator(`a[href="/assessment/results/${result.id}"]`).first().click();
  await page.getByLabel('复核结论').selectOption('Upheld');
  await page.getByRole('spinbutton').last().fill('10');
  await page.getByLabel('复核理由').fill('采用情况属实，调整可复制性得分。');
  await expectAccessible(page);
  await page.getByRole('button', { name: '作出决定' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: '作出决定' }).click();
  await expect(page.getByText('已生效').first()).toBeVisible();
  await expect(page.getByText(`原公布总分 ${result.total.toFixed(2)} 分`)).toBeVisible();
  const ruled = await read<Result>(page, `/api/assessment/results/${result.id}`);
  expect(ruled.originalTotal).toBe(result.total);
  expect(ruled.total).toBeGreaterThan(result.total);
  await expectAccessible(page);
  complaints();

  const city = await openAs(browser, coordinatorOf(result.regionName));
  await city.goto(`/assessment/results/${result.id}`);
  await expect(city.getByText('采用情况属实，调整可复制性得分。')).toBeVisible();
});

test('a city objects while it may, and takes it back', async ({ browser }) => {
  const province = await openAs(browser, office);
  const result = await resultIn(province, 'Open');
  const city = await openAs(browser, coordinatorOf(result.regionName));
  const complaints = watchConsole(city);
  await city.goto(`/assessment/results/${result.id}`);
  await expect(city.getByText('异议期至')).toBeVisible();
  await city.getByRole('button', { name: '提出异议' }).click();
  await city.getByRole('button', { name: '提交异议' }).click();
  await expect(city.getByRole('alert')).toContainText('请填写异议理由');
  await expectAccessible(city);
  await city.getByLabel('异议理由', { exact: true }).fill('指标口径与通知不一致。');
  await city.getByRole('button', { name: '提交异议' }).click();
  await city.getByRole('alertdialog').getByRole('button', { name: '提交异议' }).click();
  await expect(city.getByText('异议待复核').first()).toBeVisible();
  await city.getByRole('button', { name: '撤回异议' }).click();
  await city.getByRole('alertdialog').getByRole('button', { name: '撤回异议' }).click();
  await expect(city.getByText('已生效').first()).toBeVisible();
  complaints();
});

test('an assessor sees nothing of objections, self-assessments not handed in, or results', async ({ browser }) => {
  const page = await openAs(browser, assessor1);
  for (const path of ['/api/assessment/objections', '/api/assessment/self-assessments', '/api/assessment/results']) {
    expect((await page.request.get(path)).status(), path).toBe(403);
  }
});
