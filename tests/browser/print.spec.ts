// On paper: what the page says, with its Request SID and the time of printing, and neither buttons nor secrets.
import type { Page } from '@playwright/test';
import { lastSheet, printed, unspaced } from './support/pdf.ts';
import { pageOf, postedDraft, postBill, post } from './support/posts.ts';
import { expect, test, withAndWithoutScripts } from './support/test.ts';
import { freeNumber, shown } from './support/wizard.ts';

const PIN = 'zq8841xw';
const ACCOUNT = '942561837-00471B';
const PRINTED_AT = /Printed\w{3}\d{1,2},\d{4},\d{1,2}:\d\d[AP]ME[SD]T/;

/** Prints a page and checks what holds for each one; hands back its words. */
async function expectPaper(page: Page, says: string[], not: string[], secrets = [PIN, ACCOUNT]): Promise<void> {
  const paper = await printed(page);
  for (const text of says) expect(paper, page.url()).toContain(unspaced(text));
  expect(paper).toMatch(PRINTED_AT);
  for (const text of [...secrets, 'Contact support', 'Skip to main content', ...not]) expect(paper, page.url()).not.toContain(unspaced(text));
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('nav:visible, button:visible, .btn:visible, header:visible, footer:visible, iframe:visible')).toHaveCount(0);
  await page.emulateMedia({ media: null });
}

/** Done, current and coming steps are told apart by their fill, so it is printed also where backgrounds are not. */
async function expectStepsApart(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  const fills = await page.locator('.progress li').evaluateAll((all) =>
    all.map((step) => [step.className, ...['::before', '::after'].map((part) => getComputedStyle(step, part).printColorAdjust)].join(' ')),
  );
  await page.emulateMedia({ media: null });
  expect(fills.length).toBe(5);
  for (const fill of fills) expect(fill).toMatch(/ exact exact$/);
}

withAndWithoutScripts(() => {
  test.use({ role: 'owner' });

  test('a help page prints with the time, and without an empty sheet behind it', async ({ page }) => {
    await page.goto('/help/porting');
    await expectPaper(page, ['What porting is', 'Ask us'], ['All help pages'], []);
    // Where the text ends with the sheet, by a line more or less, no other sheet follows.
    for (let lines = 0; lines < 3; lines += 1) {
      await page.locator('.print-only, .narrow > .lead, .narrow > section').first().evaluate((element) => element.remove());
      expect(await lastSheet(page)).toContain(unspaced('Ask us'));
    }
  });

  test('a request prints for the files, from the last check to the desk', async ({ page, browser, desk }) => {
    const wireless = freeNumber();
    const more = { 'wireless-0-number': wireless, 'wireless-0-pin': PIN, 'wireless-0-kind': 'pin' };
    const sid = await postedDraft(page, { name: 'For the files', more });
    await postBill(page, sid);

    await test.step('the answers before sending', async () => {
      await page.goto(`/port-requests/${sid}/check`);
      await expect(page.locator('main')).toContainText(ACCOUNT);
      await expectPaper(page, ['For the files', 'Check your answers', shown(wireless), 'Northgate Dental, LLC', '••••471B'], ['Accept and send', 'Change']);
    });
    await post(page, `/port-requests/${sid}/check`, {});

    await test.step('the confirmation', async () => {
      await page.goto(`/port-requests/${sid}/confirmation`);
      await expectPaper(page, [sid, 'What happens next', 'In Review'], ['View request', 'Start another']);
    });

    await test.step('the request', async () => {
      await page.goto(`/port-requests/${sid}`);
      await expectPaper(page, [sid, 'For the files', 'In Review', shown(wireless), '471B', 'History'], ['Cancel request', 'Copy']);
      await expectStepsApart(page);
    });

    await test.step('the request at the desk, also while its secrets are shown', async () => {
      const reviewer = await pageOf(browser, desk, 'reviewer');
      await reviewer.goto(`/desk/port-requests/${sid}`);
      await expectPaper(reviewer, [sid, 'For the files', shown(wireless), '471B'], ['Reject', 'Take', 'They are shown on one page only']);
      await reviewer.getByRole('button', { name: 'Show the account number and PINs' }).click();
      await expect(reviewer.locator('main')).toContainText(PIN);
      await expectPaper(reviewer, [sid, shown(wireless)], []);
      await reviewer.context().close();
    });
  });
});
