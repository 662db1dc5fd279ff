import { expect, test } from '@playwright/test';
import { expectAccessible, watchConsole } from './axe';

test.describe('sign-in page', () => {
  test('asks for user name and password, in Chinese first', async ({ page }) => {
    const expectQuiet = watchConsole(page);
    await page.goto('/');
    await expect(page).toHaveURL(/\/sign-in/);
    await expect(page).toHaveTitle('登录 - 改革试点管理平台');
    await expect(page.getByLabel('用户名')).toBeVisible();
    await expect(page.getByLabel('密码', { exact: true })).toHaveAttribute('type', 'password');
    await expectAccessible(page);
    expectQuiet();
  });

  test('says what is missing and leads to the field', async ({ page }) => {
    await page.goto('/sign-in');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    const summary = page.getByRole('alert').filter({ hasText: '请更正以下问题' });
    await expect(summary).toBeFocused();
    await expectAccessible(page);
    await summary.getByRole('link', { name: '请填写用户名' }).click();
    await expect(page.getByLabel('用户名')).toBeFocused();
  });

  test('tells a wrong password and keeps the user name', async ({ page }) => {
    const expectQuiet = watchConsole(page, [/status of 401/]);
    await page.goto('/sign-in');
    await page.getByLabel('用户名').fill('nobody-of-this-name');
    await page.getByLabel('密码', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await expect(page.getByRole('alert').filter({ hasText: '请更正以下问题' })).toBeVisible();
    await expect(page.getByLabel('用户名')).toHaveValue('nobody-of-this-name');
    await expect(page).toHaveURL(/\/sign-in/);
    expectQuiet();
  });

  test('works in English and in 关怀版', async ({ page }) => {
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'English' }).click();
    await expect(page.getByLabel('User name')).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await page.getByRole('button', { name: 'Large text' }).click();
    await expect(page.locator('html')).toHaveCSS('font-size', '20px');
    await expectAccessible(page);
  });

  test('fits a phone', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/sign-in');
    await expect(page.getByRole('button', { name: '登录', exact: true })).toBeVisible();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    await expectAccessible(page);
  });
});
