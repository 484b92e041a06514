// Light and dark: whichever is chosen is there from the first frame.
import type { Page } from '@playwright/test';
import { lightnessOfFrames } from './support/frames.ts';
import { signIn } from './support/people.ts';
import { expect, test, withAndWithoutScripts } from './support/test.ts';

const BG = { light: 'rgb(246, 244, 239)', dark: 'rgb(17, 24, 28)' };

const ground = (page: Page): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

async function expectFrames(page: Page, path: string, theme: 'light' | 'dark'): Promise<void> {
  const frames = await lightnessOfFrames(page, path);
  expect(frames.filter((light) => (theme === 'dark' ? 60 < light : light < 200)), `${theme} frames among ${frames.join(', ')}`).toEqual([]);
  expect(await ground(page)).toBe(BG[theme]);
}

withAndWithoutScripts(() => {
  test('the system’s choice and the own one are dark from the first frame', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto('/sign-in');
    expect(await ground(page)).toBe(BG.dark);
    await expectFrames(page, '/sign-in?again', 'dark');
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await ground(page)).toBe(BG.light);

    // Sam changes only this: nobody else signs in as Sam.
    await signIn(page, 'sam');
    for (const [choice, theme, system] of [['Dark', 'dark', 'light'], ['Light', 'light', 'dark']] as const) {
      await page.goto('/profile');
      await page.getByRole('radio', { name: choice, exact: true }).check();
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      await page.emulateMedia({ colorScheme: system });
      await expectFrames(page, '/desk?view=all', theme);
    }
    await page.goto('/profile');
    await page.getByRole('radio', { name: 'System' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'system');
  });
});
