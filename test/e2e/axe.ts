import AxeBuilder from '@axe-core/playwright';
import { Page, expect } from '@playwright/test';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/** Zero WCAG 2.1 A and AA violations on the page as it now stands, with its styles. */
export async function expectAccessible(page: Page): Promise<void> {
  // Without its styles a page is falsely clean: contrast and size would not be judged.
  const styled = await page.evaluate(
    () => getComputedStyle(document.documentElement).getPropertyValue('--primary').trim() !== '',
  );
  expect(styled, 'the page has its styles').toBe(true);
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  const told = violations.map(
    (violation) =>
      `${violation.id}: ${violation.help}\n${violation.nodes.map((node) => `  ${node.target.join(' ')}`).join('\n')}`,
  );
  // Soft: a walk over many pages names every fault, not only the first.
  expect.soft(told, page.url()).toEqual([]);
}

/**
 * Call before the first `goto`; the returned check fails on anything the browser complained about.
 * `allowed` names answers that the test provokes on purpose, such as the 401 of a wrong password.
 */
export function watchConsole(page: Page, allowed: readonly RegExp[] = []): () => void {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content.Security.Policy/i.test(message.text())) {
      complaints.push(`${message.text()} ${message.location().url}`);
    }
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return () => {
    expect(complaints.filter((text) => !allowed.some((pattern) => pattern.test(text)))).toEqual([]);
  };
}
