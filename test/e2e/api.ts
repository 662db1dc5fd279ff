import { Page, expect } from '@playwright/test';

/** What the signed-in person of this window gets from the API. */
export async function read<T>(page: Page, path: string): Promise<T> {
  const response = await page.request.get(path);
  expect(response.status(), `GET ${path}`).toBe(200);
  return (await response.json()) as T;
}

/** A state change in this window's session, with the antiforgery header that the app sends. */
export async function send<T>(page: Page, path: string, data: unknown): Promise<T> {
  const response = await page.request.post(path, { data, headers: await antiforgery(page) });
  expect(response.ok(), `POST ${path}: ${response.status()} ${await response.text()}`).toBe(true);
  return (await response.json()) as T;
}

/** The same for what is replaced as a whole, such as a draft. */
export async function replace<T>(page: Page, path: string, data: unknown): Promise<T> {
  const response = await page.request.put(path, { data, headers: await antiforgery(page) });
  expect(response.ok(), `PUT ${path}: ${response.status()} ${await response.text()}`).toBe(true);
  return (await response.json()) as T;
}

/** The statuses that the person gets for these addresses. */
export async function statusesOf(page: Page, paths: readonly string[]): Promise<Record<string, number>> {
  const statuses: Record<string, number> = {};
  for (const path of paths) {
    statuses[path] = (await page.request.get(path)).status();
  }
  return statuses;
}

async function antiforgery(page: Page): Promise<Record<string, string>> {
  const cookies = await page.context().cookies();
  const token = cookies.find((cookie) => cookie.name === 'XSRF-TOKEN');
  expect(token, 'the antiforgery cookie').toBeDefined();
  return { 'X-XSRF-TOKEN': decodeURIComponent(token?.value ?? '') };
}
