import { readFile } from 'node:fs/promises';
import { Browser, Locator, Page, expect, test } from '@playwright/test';
import { read, statusesOf } from './api';
import { expectAccessible } from './axe';
import { assessor1, assessor2, ganzhou, nantong, office, yangzhou } from './people';
import { Person, openAs } from './sign-in';

/**
 * The whole job in one walk: notice, programme, pilot, review, assessment, certification, adoption, with
 * everybody signed in side by side. Each test begins where the one before it ended.
 */
test.describe.configure({ mode: 'serial' });

interface Item {
  readonly id: string;
  readonly regionName: string;
  readonly themeTitle: string;
}
interface Items {
  readonly items: readonly Item[];
}
interface Card {
  readonly id: string;
  readonly name: string;
  readonly isRequired: boolean;
  readonly hasDraft: boolean;
  readonly latestVersion: number;
}
interface Pilot {
  readonly id: string;
  readonly status: string;
  readonly regionName: string;
  readonly deliverables: readonly Card[];
}
interface Deliverable {
  readonly draft: { readonly id: string; readonly files: readonly { readonly id: string }[] } | null;
  readonly latest: { readonly id: string } | null;
}

/** Another number than any run before: the same notice may not be issued twice without being asked about. */
const run = String(1000 + (Math.floor(Date.now() / 1000) % 9000));
const measures = '由市行政审批局牵头，会同各部门逐项梳理政务服务评价事项。';
const correction = '评价结果按季通报，并纳入年度考核。';
const reason = '请补充评价结果如何运用。';
const practiceTitle = `政务服务评价结果运用（第${run}号）`;

let windows: Record<'office' | 'nantong' | 'yangzhou' | 'assessor1' | 'assessor2' | 'ganzhou', Page>;
let programmeId = '';
let pilot: Pilot;
let required: readonly Card[] = [];
let assessmentId = '';
let practiceId = '';

const notFound = (page: Page): Locator => page.getByRole('alert').filter({ hasText: '内容不存在' });

async function pilotsOf(page: Page): Promise<readonly Item[]> {
  return (await read<Items>(page, `/api/pilots?programmeId=${programmeId}&maxResultCount=200`)).items;
}

/** Which of the answers that gather things of many regions name one of these ids. */
async function carriersOf(page: Page, ids: readonly string[]): Promise<readonly string[]> {
  const carriers: string[] = [];
  for (const path of [
    '/api/pilots?maxResultCount=200',
    `/api/pilots?programmeId=${programmeId}`,
    '/api/workbench?limit=200',
    '/api/notifications?maxResultCount=200',
    '/api/insights/programmes',
    `/api/insights/dashboard?programmeId=${programmeId}`,
    '/api/assessment/results?maxResultCount=200',
    '/api/practices?maxResultCount=100',
  ]) {
    const response = await page.request.get(path);
    // Refused is fine where the person has no such page; a malformed question would prove nothing.
    expect([200, 403, 404], `GET ${path}`).toContain(response.status());
    const body = await response.text();
    if (ids.some((id) => body.includes(id))) {
      carriers.push(path);
    }
  }
  return carriers;
}

/** Answers the question that comes before every act that cannot be taken back. */
async function confirm(page: Page, act: string): Promise<void> {
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('button', { name: act, exact: true }).click();
  await expect(dialog).toBeHidden();
}

async function enterDate(within: Page | Locator, label: string, date: string): Promise<void> {
  const field = within.getByRole('textbox', { name: label });
  await field.fill(date);
  await field.press('Tab');
}

/** A date in China, so many days from today. */
function dayFromToday(days: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(
    Date.now() + days * 86_400_000,
  );
}

/** A message reaches its reader through the outbox, a moment after the act. */
async function expectMessage(page: Page, title: string | RegExp): Promise<void> {
  await expect(async () => {
    await page.goto('/notifications');
    await expect(page.getByRole('main').getByRole('link', { name: title }).first()).toBeVisible({
      timeout: 2_000,
    });
  }).toPass({ timeout: 30_000 });
}

/** The smallest file that is a PDF in more than its name. */
function pdf(text: string): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${32 + text.length} >>\nstream\nBT /F1 18 Tf 72 770 Td (${text}) Tj ET\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(
    `${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}` +
      `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
    'latin1',
  );
}

async function write(page: Page, slot: Card): Promise<void> {
  await page.goto(`/pilots/${pilot.id}/deliverables/${slot.id}`);
  await page.getByRole('textbox', { name: '主要做法' }).fill(measures);
  await page.locator('input[type=file]').setInputFiles({
    name: `${slot.name}.pdf`,
    mimeType: 'application/pdf',
    buffer: pdf(`Deliverable ${slot.id}`),
  });
  await expect(page.getByText('已上传', { exact: true })).toBeVisible();
}

async function submit(page: Page): Promise<void> {
  await page.getByRole('button', { name: '报送', exact: true }).click();
  await confirm(page, '报送');
  await expect(page.getByText('成果已报送，等待审核')).toBeVisible();
}

/** Opens the review of what was handed in last, from the pilot's page. */
async function openReview(page: Page, slot: Card): Promise<void> {
  await page.goto(`/pilots/${pilot.id}`);
  await page.getByRole('link', { name: `去审核 ${slot.name}` }).click();
  await expect(page.getByRole('heading', { level: 1, name: slot.name })).toBeVisible();
}

async function passAllChecks(page: Page): Promise<void> {
  for (const item of [
    '材料齐全',
    '文件可以打开、内容清晰',
    '内容与试点任务一致',
    '已经本地区审定',
    '不含涉密内容和个人敏感信息',
  ]) {
    await page.getByRole('group', { name: item }).getByRole('radio', { name: '通过', exact: true }).check();
  }
}

async function accept(page: Page, slot: Card): Promise<void> {
  await openReview(page, slot);
  await passAllChecks(page);
  await page.getByRole('button', { name: '审核通过', exact: true }).click();
  await confirm(page, '审核通过');
  await expect(page.getByText('审核意见已提交，并已通知报送地区')).toBeVisible();
}

async function openAll(browser: Browser): Promise<typeof windows> {
  const open = (person: Person) => openAs(browser, person);
  return {
    office: await open(office),
    nantong: await open(nantong),
    yangzhou: await open(yangzhou),
    assessor1: await open(assessor1),
    assessor2: await open(assessor2),
    ganzhou: await open(ganzhou),
  };
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  windows = await openAll(browser);
});

test.afterAll(async () => {
  for (const page of Object.values(windows ?? {})) {
    await page.context().close();
  }
});

test('the office reads a notice into a draft of 10 themes and 27 assignments', async () => {
  const page = windows.office;
  const sample = await readFile(
    new URL('../../etc/samples/notices/jiangsu-2023-pilots.txt', import.meta.url),
    'utf8',
  );
  await page.goto('/programmes');
  await page.getByRole('link', { name: '录入通知' }).click();
  await page
    .getByRole('textbox', { name: '通知正文' })
    .fill(sample.replace('〔2023〕8号', `〔2023〕${run}号`));
  await page.getByRole('button', { name: '读取通知' }).click();

  await expect(page.getByRole('heading', { level: 1, name: '核对通知' })).toBeVisible();
  await expect(page.getByLabel('文号')).toHaveValue(`苏政务办发〔2023〕${run}号`);
  await expect(page.getByRole('heading', { name: '试点任务（10 项）' })).toBeVisible();
  await expect(page.getByText('10 项任务、27 个试点，13 个地区可以看到本计划。')).toBeVisible();
  // In administrative order, 南通 with three and the other twelve with two each.
  const shares = page.getByRole('region', { name: '发布后将生成' }).locator('.shares').getByRole('listitem');
  await expect(shares).toHaveText(
    '南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁'
      .split(' ')
      .map((city) => new RegExp(`${city}.*：${city === '南通' ? 3 : 2} 项`)),
  );
  // Each value stands beside the passage it came from.
  await page.getByLabel('文号').focus();
  await expect(
    page.getByRole('region', { name: '通知原文' }).getByRole('button', { pressed: true }),
  ).toHaveText(new RegExp(`苏政务办发〔2023〕${run}号`));
  await expectAccessible(page);
});

test('the office answers what is asked and publishes', async () => {
  const page = windows.office;
  const questions = page.getByText(/还有 \d+ 个问题待处理/);
  const answers = page.getByRole('button', { name: '确认', exact: true });
  while (await questions.isVisible()) {
    const before = await answers.count();
    expect(before, 'what is asked can be answered').toBeGreaterThan(0);
    await answers.first().click();
    await expect(answers).toHaveCount(before - 1);
  }
  await expect(page.getByText('问题已全部处理')).toBeVisible();
  await page.getByRole('button', { name: '发布', exact: true }).click();
  await expect(page.getByRole('alertdialog')).toContainText('将生成 10 项任务、27 个试点');
  await expectAccessible(page);
  await confirm(page, '发布');
  await expect(page).toHaveURL(/\/programmes\/[0-9a-f-]{36}$/);
  programmeId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await expect(page.getByText('10 项任务、27 个试点、13 个地区', { exact: true })).toBeVisible();
});

test('each city sees the programme and its own pilots, and nothing of its sibling', async () => {
  const cities = [
    { page: windows.nantong, name: '南通市', count: 3 },
    { page: windows.yangzhou, name: '扬州市', count: 2 },
  ];
  for (const { page, name, count } of cities) {
    await page.goto(`/programmes/${programmeId}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      '关于布置2023年全省审批制度改革专项试点的通知',
    );
    // The pilots are made by an event after the publication.
    await expect.poll(async () => (await pilotsOf(page)).length, { timeout: 30_000 }).toBe(count);
    const own = await pilotsOf(page);
    expect(own.map((item) => item.regionName)).toEqual(Array.from({ length: count }, () => name));
    await page.goto('/pilots?size=100');
    for (const item of own) {
      await expect(page.getByRole('main').locator(`a[href="/pilots/${item.id}"]`)).toBeVisible();
    }
    await expectMessage(page, /收到试点任务/);
  }
  const ofNantong = await pilotsOf(windows.nantong);
  await windows.yangzhou.goto('/pilots?size=100');
  await expect(windows.yangzhou.getByRole('grid', { name: '试点' })).toBeVisible();
  await expect(windows.yangzhou.getByRole('main')).not.toContainText('南通');
  for (const { id } of ofNantong) {
    await expect(windows.yangzhou.locator(`a[href="/pilots/${id}"]`)).toHaveCount(0);
  }
  // Another province sees neither programme nor pilot.
  expect(await statusesOf(windows.ganzhou, [`/api/programmes/${programmeId}`])).toEqual({
    [`/api/programmes/${programmeId}`]: 404,
  });
  expect(await pilotsOf(windows.ganzhou)).toEqual([]);
});

test('南通 plans a pilot and starts it', async () => {
  const page = windows.nantong;
  const details = await Promise.all(
    (await pilotsOf(page)).map(({ id }) => read<Pilot>(page, `/api/pilots/${id}`)),
  );
  const requiredOf = (one: Pilot) => one.deliverables.filter((card) => card.isRequired);
  const chosen = details.sort((a, b) => requiredOf(a).length - requiredOf(b).length)[0];
  expect(chosen).toBeDefined();
  pilot = chosen as Pilot;
  required = requiredOf(pilot);
  expect(required.length).toBeGreaterThan(0);

  await page.goto(`/pilots/${pilot.id}`);
  await page.getByRole('button', { name: '开始编制方案' }).click();
  await page.getByRole('link', { name: '填写工作方案' }).click();
  await page.getByRole('button', { name: '添加阶段' }).click();
  const phase = page.getByRole('region', { name: '第 1 阶段' });
  await phase.getByRole('textbox', { name: '阶段名称' }).fill('组织实施');
  await enterDate(phase, '开始日期', dayFromToday(0));
  await enterDate(phase, '结束日期', dayFromToday(60));
  await phase.getByRole('textbox', { name: '任务内容' }).fill('制定政务服务评价办法');
  await phase.getByRole('combobox', { name: '责任单位' }).selectOption({ index: 1 });
  await enterDate(phase, '完成时限', dayFromToday(45));
  await page.getByRole('button', { name: '提交方案' }).click();
  await confirm(page, '提交方案');
  await expect(page).toHaveURL(new RegExp(`/pilots/${pilot.id}$`));
  await expect(page.getByRole('paragraph').filter({ hasText: '制定政务服务评价办法' })).toBeVisible();
  await page.getByRole('button', { name: '启动试点' }).click();
  await expect(page.getByRole('main').getByText('实施中', { exact: true }).first()).toBeVisible();
});

test('a draft with its files is for its own region alone', async () => {
  const page = windows.nantong;
  const slot = required[0] as Card;
  await write(page, slot);
  await expect(page.getByText(/已保存 /)).toBeVisible();
  const { draft } = await read<Deliverable>(page, `/api/deliverables/${slot.id}`);
  const file = draft?.files[0]?.id;
  expect(file, 'the file is part of the draft').toBeDefined();

  const inner = [
    `/api/pilots/${pilot.id}`,
    `/api/deliverables/${slot.id}`,
    `/api/submissions/${draft?.id}`,
    `/api/submissions/${draft?.id}/comparison`,
    `/api/files/${file}`,
    `/api/files/${file}/content`,
  ];
  const missing = Object.fromEntries(inner.map((path) => [path, 404]));
  expect(await statusesOf(windows.yangzhou, inner)).toEqual(missing);
  expect(await statusesOf(windows.nantong, [`/api/files/${file}/content`])).toEqual({
    [`/api/files/${file}/content`]: 200,
  });
  await windows.yangzhou.goto(`/pilots/${pilot.id}`);
  await expect(notFound(windows.yangzhou)).toBeVisible();
  await windows.yangzhou.goto(`/pilots/${pilot.id}/deliverables/${slot.id}`);
  await expect(notFound(windows.yangzhou)).toBeVisible();

  // Nor do lists, searches, counts, the dashboard or the workbench of the others carry any of it.
  const ids = [pilot.id, slot.id, draft?.id ?? '', file ?? ''];
  expect(await carriersOf(windows.nantong, [pilot.id])).toEqual(
    expect.arrayContaining([
      '/api/pilots?maxResultCount=200',
      '/api/notifications?maxResultCount=200',
      `/api/insights/dashboard?programmeId=${programmeId}`,
    ]),
  );
  for (const other of [windows.yangzhou, windows.ganzhou]) {
    expect(await carriersOf(other, ids)).toEqual([]);
    const { total } = await read<{ total: number }>(other, '/api/pilots/counts');
    expect((await read<{ totalCount: number }>(other, '/api/pilots')).totalCount).toBe(total);
  }
  expect((await read<Items>(windows.yangzhou, '/api/pilots?search=南通')).items).toEqual([]);
  expect((await read<Items>(windows.nantong, '/api/pilots?search=南通')).items).not.toEqual([]);

  // The issuing office knows the pilot, but not what has not been handed in.
  const ofDraft = inner.slice(2);
  expect(await statusesOf(windows.office, ofDraft)).toEqual(
    Object.fromEntries(ofDraft.map((path) => [path, 404])),
  );
  await windows.office.goto(`/pilots/${pilot.id}`);
  await expect(windows.office.getByRole('link', { name: slot.name, exact: true })).toBeVisible();
  await expect(windows.office.getByText('有未报送的草稿')).toHaveCount(0);
  await windows.office.goto(`/pilots/${pilot.id}/deliverables/${slot.id}`);
  await expect(windows.office.getByText('还没有报送')).toBeVisible();
  await expect(windows.office.getByRole('main')).not.toContainText(measures);
});

test('南通 hands in every required deliverable', async () => {
  test.setTimeout(30_000 + required.length * 30_000);
  const page = windows.nantong;
  await submit(page);
  for (const slot of required.slice(1)) {
    await write(page, slot);
    await submit(page);
  }
  await page.goto(`/pilots/${pilot.id}`);
  await expect(page.getByText('待报送', { exact: true })).toHaveCount(
    pilot.deliverables.length - required.length,
  );
  await expectMessage(windows.office, new RegExp(`报送了“${(required[0] as Card).name}”第 1 版`));
});

test('the office returns a section with its reason, 南通 corrects it', async () => {
  const slot = required[0] as Card;
  const page = windows.office;
  await openReview(page, slot);
  await passAllChecks(page);
  await page.getByRole('textbox', { name: '主要做法' }).fill(reason);
  await enterDate(page, '重新报送期限', dayFromToday(10));
  await expectAccessible(page);
  await page.getByRole('button', { name: '退回补正', exact: true }).click();
  await confirm(page, '退回补正');
  await expect(page.getByText('审核意见已提交，并已通知报送地区')).toBeVisible();

  const city = windows.nantong;
  await expectMessage(city, `“${slot.name}”第 1 版被退回补正`);
  await city.goto(`/pilots/${pilot.id}/deliverables/${slot.id}`);
  await expect(city.getByText(reason).first()).toBeVisible();
  const text = city.getByRole('textbox', { name: '主要做法' });
  await expect(text).toHaveValue(measures);
  await text.fill(measures + correction);
  await submit(city);
});

test('the office sees what changed and accepts everything', async () => {
  test.setTimeout(30_000 + required.length * 30_000);
  const page = windows.office;
  const slot = required[0] as Card;
  await openReview(page, slot);
  await expect(page.getByText('与第 1 版对照：')).toBeVisible();
  await expect(page.locator('ins')).toContainText(correction);
  await expect(page.getByText(reason).first()).toBeVisible();
  for (const one of required) {
    await accept(page, one);
  }
  await expectMessage(windows.nantong, `“${slot.name}”第 2 版审核通过`);
});

test('the office assigns two assessors', async () => {
  const page = windows.office;
  await expect
    .poll(
      async () => {
        const { items } = await read<{ items: readonly { id: string; pilotId: string }[] }>(
          page,
          '/api/assessment/assessments?maxResultCount=200',
        );
        assessmentId = items.find((item) => item.pilotId === pilot.id)?.id ?? '';
        return assessmentId;
      },
      { timeout: 30_000 },
    )
    .not.toBe('');
  await page.goto(`/assessment/${assessmentId}`);
  await page.getByRole('button', { name: '确定评估专家' }).click();
  const dialog = page.getByRole('dialog');
  const scheme = dialog.getByRole('combobox', { name: '指标体系' });
  if ((await scheme.inputValue()) === '') {
    await scheme.selectOption({ index: 1 });
  }
  for (const window of [windows.assessor1, windows.assessor2]) {
    const { user } = await read<{ user: { displayName: string } }>(window, '/api/session');
    await dialog.getByRole('checkbox', { name: new RegExp(user.displayName) }).check();
  }
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '确定评估专家' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('全部评分表提交后才显示分数。')).toBeVisible();
});

/** Scores the pilot in the assessor's own window; tells the address of the sheet. */
async function score(page: Page, points: (max: number) => number, remark: string): Promise<string> {
  let sheet = '';
  await expect
    .poll(
      async () => {
        const sheets = await read<readonly { id: string; isSubmitted: boolean }[]>(
          page,
          '/api/assessment/my',
        );
        for (const { id } of sheets.filter((one) => !one.isSubmitted)) {
          if ((await read<{ pilotId: string }>(page, `/api/assessment/sheets/${id}`)).pilotId === pilot.id) {
            sheet = id;
          }
        }
        return sheet;
      },
      { timeout: 30_000 },
    )
    .not.toBe('');
  await page.goto('/assessment/my');
  await page.locator(`a[href="/assessment/sheets/${sheet}"]`).click();
  const fields = page.getByRole('spinbutton', { name: '得分' });
  await expect(fields.first()).toBeVisible();
  for (const field of await fields.all()) {
    await field.fill(String(points(Number(await field.getAttribute('max')))));
  }
  await page.getByRole('textbox', { name: '总体评价（可不填）' }).fill(remark);
  await page.getByRole('button', { name: '提交评分表' }).click();
  await confirm(page, '提交评分表');
  await expect(page.getByText('评分表已提交。')).toBeVisible();
  return sheet;
}

test('two assessors score, each blind to the other', async () => {
  const page = windows.assessor1;
  const remark = `做法清楚，结果可用（${run}）。`;
  const sheet = await score(page, (max) => Math.floor(max * 0.9), remark);

  // Nobody sees the first sheet while the second is open: not the other assessor, not the office.
  expect(await statusesOf(windows.assessor2, [`/api/assessment/sheets/${sheet}`])).toEqual({
    [`/api/assessment/sheets/${sheet}`]: 404,
  });
  await windows.assessor2.goto(`/assessment/sheets/${sheet}`);
  await expect(notFound(windows.assessor2)).toBeVisible();
  await windows.office.goto(`/assessment/${assessmentId}`);
  await expect(windows.office.getByText('全部评分表提交后才显示分数。')).toBeVisible();
  await expect(windows.office.getByRole('main')).not.toContainText(remark);
  expect(
    (await read<{ outcome: unknown }>(windows.office, `/api/assessment/assessments/${assessmentId}`)).outcome,
  ).toBeNull();

  await score(windows.assessor2, (max) => Math.floor(max * 0.85), '有推广价值。');
});

test('the office publishes the result, 南通 reads it', async () => {
  const page = windows.office;
  await page.goto(`/assessment/${assessmentId}`);
  await expect(page.getByRole('heading', { name: '评分汇总' })).toBeVisible();
  await page.getByRole('textbox', { name: '评估意见' }).fill('制度完整，成效明显。');
  const spread = page.getByRole('textbox', { name: '分差处理意见' });
  if (await spread.isVisible()) {
    await spread.fill('已与两位专家核实，均予采信。');
  }
  await expectAccessible(page);
  await page.getByRole('button', { name: '公布结果' }).click();
  await confirm(page, '公布结果');
  await expect(page.getByText('评估结果已公布。')).toBeVisible();

  const city = windows.nantong;
  await expectMessage(city, '评估结果已公布');
  const { resultId } = await read<{ resultId: string }>(page, `/api/assessment/assessments/${assessmentId}`);
  await city.goto('/assessment/results?size=100');
  await city.locator(`a[href="/assessment/results/${resultId}"]`).click();
  await expect(city.getByText('制度完整，成效明显。')).toBeVisible();
  await expect(city.getByText('合格', { exact: true })).toBeVisible();
  const address = `/api/assessment/results/${resultId}`;
  expect(await statusesOf(windows.yangzhou, [address])).toEqual({ [address]: 404 });
});

test('the office certifies the practice', async () => {
  const page = windows.office;
  let draftId = '';
  await expect
    .poll(
      async () => {
        const { items } = await read<{ items: readonly { id: string; pilotId: string }[] }>(
          page,
          '/api/replication/drafts?maxResultCount=200',
        );
        draftId = items.find((item) => item.pilotId === pilot.id)?.id ?? '';
        return draftId;
      },
      { timeout: 30_000 },
    )
    .not.toBe('');
  await page.goto(`/replication/drafts/${draftId}`);
  const texts = {
    名称: practiceTitle,
    摘要: '用评价结果推动政务服务改进。',
    关键词: '政务服务、评价',
    改革背景: '评价结果过去只作参考。',
    主要做法: '按季通报评价结果。\n评价结果纳入年度考核。',
    工作成效: '办事群众反映的问题减少。',
    适用条件: '已建立政务服务评价渠道的地区。',
  };
  for (const [label, text] of Object.entries(texts)) {
    await page.getByRole('textbox', { name: label }).fill(text);
  }
  await page.getByRole('combobox', { name: '成熟度' }).selectOption({ label: '成熟' });
  await page.getByRole('button', { name: '认定', exact: true }).click();
  await confirm(page, '认定');
  await expect(page.getByText('经验做法已认定，已收入经验库。')).toBeVisible();
  await page.getByRole('link', { name: '查看经验做法' }).click();
  await expect(page.getByRole('heading', { level: 1, name: practiceTitle })).toBeVisible();
  practiceId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
});

test('赣州 in another province finds it, reads it, takes the report and adopts it', async () => {
  const page = windows.ganzhou;
  await page.goto('/replication');
  await page.getByRole('searchbox', { name: '搜索词' }).fill(run);
  await page.getByRole('button', { name: '搜索', exact: true }).click();
  await page.getByRole('link', { name: practiceTitle }).click();
  await expect(page.getByRole('heading', { level: 1, name: practiceTitle })).toBeVisible();
  await expect(page.getByText('评价结果纳入年度考核。')).toBeVisible();
  await expectAccessible(page);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载复制推广报告' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.docx$/);
  const report = await readFile(await download.path());
  expect(report.subarray(0, 4)).toEqual(Buffer.from('PK\u0003\u0004', 'latin1'));
  expect(report.length).toBeGreaterThan(4_000);
  expect(report.includes('word/document.xml')).toBe(true);

  await page.getByRole('button', { name: '声明采用' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: '本地化调整' }).fill('先在章贡区试行，再在全市推开。');
  await dialog.getByRole('button', { name: '声明采用' }).click();
  await expect(page.getByText('本地区已声明采用。')).toBeVisible();

  // The pilot behind the practice stays closed to the other province.
  expect(await statusesOf(page, [`/api/pilots/${pilot.id}`])).toEqual({ [`/api/pilots/${pilot.id}`]: 404 });
  // The certifying office sees who adopted it and who took the report.
  await expect(async () => {
    await windows.office.goto(`/replication/${practiceId}`);
    await expect(windows.office.getByText('先在章贡区试行，再在全市推开。')).toBeVisible({ timeout: 2_000 });
    await expect(
      windows.office.locator('section').filter({ hasText: '下载记录' }).getByText('赣州市'),
    ).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expectMessage(windows.office, /赣州市采用了经验做法/);
});
