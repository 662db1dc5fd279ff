import { Page, expect, test } from '@playwright/test';
import { read, replace, send } from './api';
import { tabTo } from './keys';
import { office } from './people';
import { Person, openAs } from './sign-in';

/** The demo coordinators by their city. */
const COORDINATORS: Readonly<Record<string, string>> = {
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

interface Version {
  readonly id: string;
  readonly concurrencyStamp: string;
  readonly deliverableId: string;
  readonly regionName: string;
  readonly status: string;
  readonly sections: readonly { readonly section: string; readonly text: string }[];
  readonly files: readonly { readonly id: string }[];
}

test('a review is decided with the keyboard alone', async ({ browser, page }) => {
  test.setTimeout(120_000);
  await page.goto('/sign-in');
  await tabTo(page, page.getByLabel('用户名'));
  await page.keyboard.type(office.userName);
  await tabTo(page, page.getByLabel('密码', { exact: true }));
  await page.keyboard.type(office.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: '工作台' })).toBeVisible();

  // From the workbench past the navigation to the first review that waits.
  const review = page.getByRole('main').locator('a[href^="/review/"]').first();
  await expect(review).toBeVisible();
  const skip = page.getByRole('link', { name: '跳到正文' });
  // The focus stands in the new page already; the skip link is asked for as after a fresh start.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await tabTo(page, skip);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await tabTo(page, review);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/review\/[0-9a-f-]{36}$/);
  const submissionId = new URL(page.url()).pathname.split('/').at(-1) ?? '';

  // The formal check, a reason, a date, the decision.
  await expect(page.getByRole('heading', { name: '形式审查' })).toBeVisible();
  for (const item of [
    '材料齐全',
    '文件可以打开、内容清晰',
    '内容与试点任务一致',
    '已经本地区审定',
    '不含涉密内容和个人敏感信息',
  ]) {
    const passed = page.getByRole('group', { name: item }).getByRole('radio', { name: '通过', exact: true });
    await tabTo(page, passed);
    await page.keyboard.press('Space');
    await expect(passed).toBeChecked();
  }
  await tabTo(page, page.getByRole('textbox', { name: '主要做法' }));
  await page.keyboard.type('请补充分工和进度安排。');
  await tabTo(page, page.getByRole('textbox', { name: '重新报送期限' }));
  const inTenDays = Date.now() + 10 * 86_400_000;
  await page.keyboard.type(new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(inTenDays));
  await tabTo(page, page.getByRole('button', { name: '退回补正', exact: true }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog');
  // What cannot be taken back is asked about first, with the way out under the finger.
  await expect(dialog.getByRole('button', { name: '取消' })).toBeFocused();
  await tabTo(page, dialog.getByRole('button', { name: '退回补正' }));
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('审核意见已提交，并已通知报送地区')).toBeVisible();

  const version = await read<Version>(page, `/api/submissions/${submissionId}`);
  expect(version.status).toBe('Returned');
  await handInAgain(await openAs(browser, coordinatorOf(version.regionName)), version);
});

function coordinatorOf(regionName: string): Person {
  const prefix = COORDINATORS[regionName];
  expect(prefix, `a coordinator of ${regionName}`).toBeDefined();
  return { userName: `${prefix}.coordinator`, password: office.password };
}

/** By API, for it is not what this test is about: the queue is as long as before, so that the test can run again. */
async function handInAgain(page: Page, version: Version): Promise<void> {
  const draft = await replace<Version>(page, `/api/deliverables/${version.deliverableId}/draft`, {
    concurrencyStamp: null,
    sections: version.sections.map(({ section, text }) => ({
      section,
      text: `${text}\n分工和进度安排见附件。`,
    })),
    fileIds: version.files.map((file) => file.id),
  });
  await send(page, `/api/submissions/${draft.id}/submit`, { concurrencyStamp: draft.concurrencyStamp });
  await page.context().close();
}
