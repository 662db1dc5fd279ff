import { Locator, Page, expect } from '@playwright/test';

/** Goes on with the tab key until the control has the focus, and sees that the focus shows. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press('Tab');
    if ((await target.count()) === 1 && (await target.evaluate((node) => node === document.activeElement))) {
      const shown = await target.evaluate((node) => {
        const style = getComputedStyle(node);
        return (
          node.matches(':focus-visible') &&
          style.outlineStyle !== 'none' &&
          parseFloat(style.outlineWidth) > 0
        );
      });
      expect(shown, `the focus on ${target} shows`).toBe(true);
      return;
    }
  }
  throw new Error(`the tab key never reached ${target}`);
}
