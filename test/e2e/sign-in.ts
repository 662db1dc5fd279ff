import { Browser, Page, expect } from '@playwright/test';

export interface Person {
  readonly userName: string;
  readonly password: string;
}

/** Signs in through the form, as people do, and waits for the frame. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('用户名').fill(person.userName);
  await page.getByLabel('密码', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  // Whoever is first after a start waits for server and browser, which compile what they have not run yet.
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeVisible({ timeout: 30_000 });
}

/** A window of one's own: several people work side by side without sharing cookies. */
export async function openAs(browser: Browser, person: Person): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, person);
  return page;
}
