// Without an account: from the form through the mailed link to the status page, with a correction and a cancel.
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { expectNoAxeProblems } from './support/axe.ts';
import { daysFromToday } from './support/dates.ts';
import { told } from './support/letters.ts';
import { printed, unspaced } from './support/pdf.ts';
import { pageOf, post, versionAt } from './support/posts.ts';
import { expect, test, withAndWithoutScripts } from './support/test.ts';
import { BILL, fillDate, freeNumber } from './support/wizard.ts';

const TELEPHONE = { width: 360, height: 740 };
const CONTINUE = 'Save and continue';

async function sound(page: Page, scripts: boolean): Promise<void> {
  const tooWide = await page.evaluate(() => {
    const root = document.documentElement;
    const found = ['100%', '200%'].filter((size) => {
      root.style.fontSize = size;
      return innerWidth < root.scrollWidth;
    });
    root.style.fontSize = '';
    return found;
  });
  expect(tooWide, `sizes of text at which ${page.url()} is too wide`).toEqual([]);
  if (scripts) await expectNoAxeProblems(page);
  await page.setViewportSize(TELEPHONE);
}

/** What a page says when it is printed, with the time of printing. */
async function expectSheet(page: Page, says: string[], not: string[]): Promise<void> {
  const sheet = await printed(page);
  for (const text of ['Printed', ...says]) expect(sheet).toContain(unspaced(text));
  for (const text of not) expect(sheet).not.toContain(unspaced(text));
}

const go = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

withAndWithoutScripts((scripts) => {
  test.use({ viewport: TELEPHONE });
  // The whole way has many pages, each looked through by axe.
  test.setTimeout(120_000);

  test('a stranger moves a number by form and mail alone', async ({ page, browser, desk }) => {
    const email = `casey-${scripts ? 'script' : 'plain'}@northgate.example`;
    const number = freeNumber();
    await page.goto('/manual-port-requests');
    await sound(page, scripts);
    await go(page, 'Start');

    await test.step('every fault is named at once, and nothing typed is lost', async () => {
      await page.getByLabel('Contact name').fill('Casey Ortiz');
      await go(page, CONTINUE);
      await expect(page.locator('#errors')).toContainText('Enter the Location ID');
      await expect(page.getByLabel('Contact name')).toHaveValue('Casey Ortiz');
      await sound(page, scripts);
    });
    await page.getByLabel('Contact email').fill(email);
    await page.getByLabel('Location ID').fill(' demo-location ');
    await page.getByLabel('Residential').check();
    await page.getByLabel('Customer or business legal name').fill('Casey Ortiz');
    await page.getByLabel('Street address').fill('350 Old Post Road');
    await page.getByLabel('City').fill('New York');
    await page.locator('#state').selectOption('NY');
    await page.getByLabel('ZIP code').fill('10001');
    await go(page, CONTINUE);

    await page.getByLabel('Current carrier').fill('Verizon');
    await page.locator('#account_number').fill('942561837-00471B');
    await page.locator('#landline').fill(number);
    await page.getByLabel('Yes', { exact: true }).check();
    await sound(page, scripts);
    await go(page, CONTINUE);

    await test.step('files stay where another field is wrong', async () => {
      const letter = Buffer.concat([readFileSync(BILL), Buffer.from('\n% signed')]);
      if (scripts) {
        const told = page.locator('.field:has(#letter) + .files .error');
        await page.locator('#letter').setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('a note') });
        await expect(told).toHaveText('"note.txt" must be a PDF');
        await expect(page.getByRole('button', { name: /Try again/ })).toHaveCount(0);
        await page.locator('#letter').setInputFiles({ name: 'letter.pdf', mimeType: 'application/pdf', buffer: letter });
        await expect(told).toHaveCount(0);
        await expect(page.locator('#letter-files .name')).toHaveText('letter.pdf');
        await page.getByRole('button', { name: 'Remove letter.pdf' }).click();
        await expect(page.locator('#letter-files .name')).toHaveCount(0);
        await expect(page.locator('#letter')).toBeFocused();
      }
      await page.locator('#letter').setInputFiles({ name: 'letter.pdf', mimeType: 'application/pdf', buffer: letter });
      if (scripts) await expect(page.locator('#letter-files .name')).toHaveText('letter.pdf');
      await page.locator('#file').setInputFiles(BILL);
      if (scripts) await expect(page.locator('#files li')).toHaveCount(1);
      await page.getByLabel('Bill or statement').check();
      await fillDate(page, 'bill', daysFromToday(-9));
      await go(page, CONTINUE);
      await expect(page.locator('#errors')).toContainText('Enter the date the letter was signed');
      await expect(page.locator('#letter-files li')).toHaveCount(1);
      await expect(page.locator('#files li')).toHaveCount(1);
      await sound(page, scripts);
    });
    await fillDate(page, 'signed', daysFromToday(-2));
    await go(page, CONTINUE);

    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check your answers and send');
    await expect(page.locator('main')).toContainText(`+1${number}`);
    await sound(page, scripts);
    await test.step('on paper the account number is short', async () => {
      await expect(page.getByText('942561837-00471B').first()).toBeVisible();
      await expectSheet(page, ['Port request, not sent yet', '••••471B', 'keep my current carrier'], ['942561837', 'Change', 'Send request']);
    });
    await go(page, 'Send request');
    await expect(page.locator('#errors li')).toHaveCount(3);
    for (const box of await page.locator('main [type=checkbox]').all()) await box.check();
    await go(page, 'Send request');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('confirm your email address');
    await sound(page, scripts);
    const form = page.url();
    const sid = (await page.locator('.big-sid .sid').textContent())!;
    await page.goBack();
    await expect(page).toHaveURL(form);

    const [, link] = await told(desk, email, /(\/confirm\/[\w-]{43})\b/);
    await page.goto(link!);
    await sound(page, scripts);
    await go(page, 'Confirm and send the request');
    await expect(page).toHaveURL(/\/status\//);
    await expect(page.locator('main')).toContainText('We are checking your details');
    await expect(page.locator('main')).not.toContainText('942561837');
    await expect(page.locator('main')).not.toContainText('350 Old Post Road');
    await sound(page, scripts);
    await expectSheet(page, [sid, '••••471B', 'History'], ['Send another document', 'Cancel request']);
    await told(desk, email, new RegExp(`We received your[\\s\\S]*${sid}`));

    const reviewer = await pageOf(browser, desk, 'reviewer');
    const at = `/desk/port-requests/${sid}`;
    await test.step('the desk refuses it', async () => {
      await reviewer.goto(at);
      await expect(reviewer.locator('main')).toContainText('Manual form');
      await expect(reviewer.locator('main')).toContainText('Compare the day on the uploaded letter');
      await post(reviewer, `${at}/rejection`, {
        version: await versionAt(reviewer, `${at}/rejection`), reason: 'account-number-mismatch',
        'message-account-number-mismatch': 'Copy the account number from the newest bill',
      });
    });

    await test.step('they put it right by the mailed link, under the same SID', async () => {
      const [, status] = await told(desk, email, /Copy the account number[\s\S]*?(\/status\/[\w-]{43})\b/);
      await page.goto(status!);
      await expect(page.locator('main')).toContainText('Copy the account number from the newest bill');
      await sound(page, scripts);
      await go(page, 'Fix and resubmit');
      await expect(page.locator('#account_number-warning')).toContainText('This is the same account number we refused');
      await expect(page.locator('#account_number')).toHaveValue('');
      await expect(page.locator('main')).toContainText('As you sent it, ••••471B. Leave blank to keep it.');
      await page.locator('#account_number').fill('942561837-00472C');
      await go(page, CONTINUE);
      for (const box of await page.locator('main [type=checkbox]').all()) await box.check();
      await go(page, 'Resubmit request');
      // The account number stands on the letter.
      await expect(page.locator('#errors')).toContainText('Upload a newly signed letter');
      await page.locator('#errors a').click();
      const letter = Buffer.concat([readFileSync(BILL), Buffer.from('\n% signed again')]);
      await page.locator('#letter').setInputFiles({ name: 'letter 2.pdf', mimeType: 'application/pdf', buffer: letter });
      if (scripts) await expect(page.locator('#letter-files')).toContainText('letter 2.pdf');
      await fillDate(page, 'signed', daysFromToday(-1));
      await go(page, CONTINUE);
      for (const box of await page.locator('main [type=checkbox]').all()) await box.check();
      await go(page, 'Resubmit request');
      await expect(page.locator('main')).toContainText(sid);
    });

    await test.step('and cancel it', async () => {
      const [, status] = await told(desk, email, /corrected request[\s\S]*?(\/status\/[\w-]{43})\b/);
      await page.goto(status!);
      await page.getByRole('link', { name: 'Cancel request' }).click();
      await sound(page, scripts);
      await go(page, 'Cancel request');
      await expect(page.locator('.tag')).toContainText(['Canceled']);
    });
    await reviewer.context().close();
  });
});
