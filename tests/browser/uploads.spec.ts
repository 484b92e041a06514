// The page of the bill: progress and announcements, refused files by name, and files that outlive an error.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { daysFromToday } from './support/dates.ts';
import { expectErrorsAt } from './support/errors.ts';
import { expect, test, withAndWithoutScripts } from './support/test.ts';
import { agreeToTerms, BILL, BILL_NAME, draftAtBill, fillDate, goOn, startDraft, upload } from './support/wizard.ts';

const named = (name: string, text: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(text) });

/** A new draft at the page of the bill; the pages before are left out. */
async function billPage(page: Page): Promise<void> {
  const sid = await startDraft(page);
  await agreeToTerms(page);
  await page.goto(`/port-requests/${sid}/bill`);
}

test.use({ role: 'owner' });

withAndWithoutScripts((scripts) => {
  test('a refused file is named and the others of its batch are kept', async ({ page }) => {
    await billPage(page);
    const bill = { name: 'May bill.pdf', mimeType: 'application/pdf', buffer: await readFile(BILL) };
    await upload(page, scripts, [named('letter.pdf', 'PK\u0003\u0004 no bill'), bill, named('empty.pdf', '')]);

    await expect(page.locator('#files .name')).toHaveText(['May bill.pdf']);
    const refusals = page.locator('.error', { hasText: 'letter.pdf' });
    await expect(refusals.first()).toBeVisible();
    await expect(page.locator('.error', { hasText: 'empty.pdf' }).first()).toBeVisible();
  });

  test('a file survives a wrong date and goes on with the right one', async ({ page }) => {
    test.setTimeout(120_000);
    await draftAtBill(page, 'Wrong date first');
    await page.locator('#proof').check();
    await upload(page, scripts, BILL);
    await expect(page.locator('#files .name')).toHaveText(BILL_NAME);
    await page.locator('#proof').check();
    await fillDate(page, 'bill', daysFromToday(-91));
    await goOn(page);

    await expectErrorsAt(page, ['bill-month']);
    await expect(page.locator('#bill-error')).toContainText('91 days');
    await expect(page.locator('#files .name')).toHaveText(BILL_NAME);
    await fillDate(page, 'bill', daysFromToday(-90));
    await goOn(page);
    // The last day that is taken is asked about once.
    await expect(page.locator('#warnings')).toBeFocused();
    await expect(page.locator('#errors')).toHaveCount(0);
    await goOn(page);
    await expect(page).toHaveURL(/\/check/);
    await expect(page.locator('main')).toContainText(BILL_NAME);
  });
});

test('an upload shows how far it is, and each outcome is announced with the name of the file', async ({ page }) => {
  await billPage(page);
  // Slow enough to be seen on the way.
  const network = await page.context().newCDPSession(page);
  await network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 150 * 1024 });
  await page.evaluate(() => {
    const seen = { said: [] as string[], progress: [] as number[] };
    (window as unknown as { seen: typeof seen }).seen = seen;
    new MutationObserver(() => {
      const said = document.getElementById('say')!.textContent!;
      if (said !== '' && seen.said.at(-1) !== said) seen.said.push(said);
      const at = document.querySelector('progress')?.value;
      if (at !== undefined && seen.progress.at(-1) !== at) seen.progress.push(at);
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  const seen = () => page.evaluate(() => (window as unknown as { seen: { said: string[]; progress: number[] } }).seen);

  const bill = await readFile(BILL);
  // Bytes after the end of a PDF are allowed and make it slow to send.
  await upload(page, true, { name: 'slow.pdf', mimeType: 'application/pdf', buffer: Buffer.concat([bill, Buffer.alloc(400 * 1024, '\n')]) });
  await expect(page.locator('#files .name')).toHaveText(['slow.pdf']);
  await expect.poll(async () => (await seen()).said).toContain('slow.pdf saved');
  const { progress, said } = await seen();
  expect(progress.filter((at) => 0 < at && at < 100).length, `progress ${progress.join(', ')}`).toBeGreaterThan(0);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  expect(said.some((words) => /^slow\.pdf, \d+ percent$/.test(words)), said.join(' | ')).toBe(true);

  await upload(page, true, named('letter.pdf', 'PK\u0003\u0004 no bill'));
  await expect.poll(async () => (await seen()).said.at(-1)).toContain('letter.pdf');
  await page.getByRole('button', { name: 'Remove slow.pdf' }).click();
  await expect(page.locator('#files .name')).toHaveCount(0);
  await expect.poll(async () => (await seen()).said.at(-1)).toBe('slow.pdf removed');
  await expect(page.locator('#file')).toBeFocused();
});

test('a file that is saved takes away what was said of the missing one, and nothing else', async ({ page }) => {
  await draftAtBill(page, 'Nothing chosen at first');
  await page.locator('#proof').check();
  await goOn(page);
  await expectErrorsAt(page, ['file', 'bill-month']);

  await upload(page, true, BILL);

  await expect(page.locator('#files .name')).toHaveText(BILL_NAME);
  await expect(page.locator('#file-error')).toHaveCount(0);
  await expect(page.locator('#file')).not.toHaveAttribute('aria-invalid');
  await expect(page.locator('#errors a')).toHaveCount(1);
  await expect(page.locator('#errors a')).toHaveAttribute('href', '#bill-month');
  await expect(page.locator('#bill-error')).toBeVisible();
  await expect(page.locator('#errors h2')).toHaveText('There is a problem');
  await expect(page.locator('#file')).toHaveAttribute('aria-describedby', 'file-hint');
});
