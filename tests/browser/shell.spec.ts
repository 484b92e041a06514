// Every page of every role: sound shell, nothing for axe to say, the same footer everywhere.
import { crawl } from './support/crawl.ts';
import { expectNoAxeProblems } from './support/axe.ts';
import { expectSoundShell } from './support/shell.ts';
import { HOME } from './support/people.ts';
import { expect, test } from './support/test.ts';

// Managers see a part of an owner's pages, reviewers a part of an admin's.
for (const role of ['owner', 'admin', 'stranger'] as const) {
  const start = role === 'stranger' ? ['/sign-in'] : [HOME[role]];

  test.describe(`pages of a ${role}`, () => {
    test.use({ role });
    test.setTimeout(300_000);

    test('hold the shell and pass axe, wide in light and narrow in dark', async ({ page }) => {
      const footers = new Map<string, string>();
      await crawl(page, start, async (path) => {
        await test.step(path, async () => {
          await expectSoundShell(page);
          await expectNoAxeProblems(page);
          footers.set(path, (await page.locator('footer a').allTextContents()).join(' | '));
        });
      });
      expect(new Set(footers.values()).size, JSON.stringify([...footers], null, 1)).toBe(1);
    });

    test.describe('without scripts', () => {
      test.use({ javaScriptEnabled: false });
      test('hold the shell', async ({ page }) => {
        await crawl(page, start, async (path) => test.step(path, () => expectSoundShell(page)));
      });
    });
  });
}

test('an address that leads nowhere is a page of the house', async ({ page }) => {
  const response = await page.goto('/no-such-page');
  expect(response?.status()).toBe(404);
  await expectSoundShell(page);
  await expectNoAxeProblems(page);
});
