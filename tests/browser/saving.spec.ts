// Typed answers while the server is away: told truthfully, tried again more and more seldom, and not left behind unasked.
import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';
import { agreeToTerms, fillDate, draftAtBill, startDraft, upload, BILL } from './support/wizard.ts';
import { daysFromToday } from './support/dates.ts';

test.use({ role: 'owner' });

const saved = (page: Page) => page.locator('[data-saved]');

/** The numbers page of a new draft, with a clock that stands until it is told to go on. */
async function atNumbers(page: Page): Promise<void> {
  await startDraft(page);
  await agreeToTerms(page);
  await page.clock.install();
  await page.reload();
  await page.clock.pauseAt(Date.now() + 1000);
}

/** Cuts the form's posts off and counts them. */
async function cutOff(page: Page): Promise<{ tries: number }> {
  const seen = { tries: 0 };
  await page.route('**/numbers', (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    seen.tries += 1;
    return route.abort();
  });
  return seen;
}

/** The dialogs that ask before leaving; the person stays. */
function asked(page: Page): string[] {
  const seen: string[] = [];
  page.on('dialog', (dialog) => {
    seen.push(dialog.type());
    return dialog.dismiss();
  });
  return seen;
}

test('a save that fails is tried again until it is through', async ({ page }) => {
  await atNumbers(page);
  const seen = await cutOff(page);
  const leaving = asked(page);
  await page.locator('#name').click();
  await page.locator('#name').fill('Away');
  await expect(saved(page)).toHaveText('Not saved yet');
  expect(seen.tries).toBe(0);

  await page.clock.runFor(2000);
  await expect(saved(page)).toHaveText('Not saved. Check your connection');
  expect(seen.tries).toBe(1);
  for (const [wait, tries] of [[3900, 1], [200, 2], [7800, 2], [400, 3]] as const) {
    await page.clock.runFor(wait);
    await expect.poll(() => seen.tries).toBe(tries);
  }

  await page.getByRole('link', { name: 'Phone numbers' }).click();
  await expect.poll(() => leaving).toEqual(['beforeunload']);
  await expect(page).toHaveURL(/\/numbers/);

  await page.unroute('**/numbers');
  await page.clock.runFor(60_000);
  await expect(saved(page)).toHaveText(/^Saved \d+:\d\d [AP]M$/);
  await page.getByRole('link', { name: 'Phone numbers' }).click();
  await expect(page).toHaveURL(/\/phone-numbers/);
  expect(leaving).toHaveLength(1);
  await page.goBack();
  await expect(page.locator('#name')).toHaveValue('Away');
});

test('what is saved in time leaves without a question, a PIN does not', async ({ page }) => {
  await atNumbers(page);
  const leaving = asked(page);
  const address = page.url();
  await page.locator('#name').click();
  await page.locator('#name').fill('Quick');
  await page.getByRole('link', { name: 'Phone numbers' }).click();
  await expect(page).toHaveURL(/\/phone-numbers/);
  expect(leaving).toEqual([]);
  await expect.poll(async () => {
    await page.goto(address);
    return page.locator('#name').inputValue();
  }).toBe('Quick');

  await page.locator('#account_pin').click();
  await page.locator('#account_pin').fill('7731');
  await page.locator('#losing_carrier').fill('Verizon');
  await page.clock.runFor(2000);
  await expect(saved(page)).toHaveText(/^Saved \d+:\d\d [AP]M\. PINs are saved when you continue$/);
  await page.getByRole('link', { name: 'Phone numbers' }).click();
  await expect.poll(() => leaving).toEqual(['beforeunload']);
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await expect(page).toHaveURL(/check=1/);
  expect(leaving).toHaveLength(1);
});

test('a date typed while a file is on its way is not lost to it', async ({ page }) => {
  await draftAtBill(page, 'Slow file');
  let release = (): void => {};
  const held = new Promise<void>((resolve) => { release = resolve; });
  await page.route('**/bill', async (route) => {
    if (route.request().headers()['x-background'] === 'upload') await held;
    return route.continue();
  });
  const posts: string[] = [];
  page.on('request', (request) => { if (request.method() === 'POST') posts.push(request.headers()['x-background']!); });
  // Before the upload, so that nothing is saved by the real clock while it runs.
  await page.clock.install();
  await page.reload();
  await upload(page, true, BILL);
  await expect(page.locator('progress')).toBeVisible();
  await fillDate(page, 'bill', daysFromToday(-10));
  await page.clock.runFor(3000);
  expect(posts).toEqual(['upload']);
  release();
  await expect(page.locator('#files .name')).toHaveCount(1);
  await expect.poll(() => posts).toEqual(['upload', 'save']);
  await expect(saved(page)).toHaveText(/^Saved/);
  await page.reload();
  await expect(page.locator('#bill-year')).not.toHaveValue('');
});
