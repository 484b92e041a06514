// The desk: a reviewer finds a request, carries it to its end, and never overwrites a colleague unseen.
import { wednesdayAfter } from './support/dates.ts';
import { expectErrorsAt } from './support/errors.ts';
import { SMALLEST } from './support/screens.ts';
import { expect, test } from './support/test.ts';
import { BILL_NAME, fillDate, sentRequest } from './support/wizard.ts';

test.use({ role: 'reviewer' });
test.setTimeout(120_000);

test.describe('with a request of the owner', () => {
  let sid: string;

  test.beforeEach(async ({ browser, desk, sessions }) => {
    const context = await browser.newContext({ baseURL: desk.url, storageState: await sessions.of('owner') });
    sid = await sentRequest(await context.newPage(), 'For the desk');
    await context.close();
  });

  test('it is found, taken, sent, dated and completed', async ({ page }) => {
    const address = new RegExp(`/desk/port-requests/${sid}`);
    const open = () => page.goto(`/desk/port-requests/${sid}`);

    await test.step('a whole SID in the search opens its request', async () => {
      await page.goto('/desk');
      await page.locator('#q').fill(sid.toLowerCase().replaceAll('-', ''));
      await page.locator('#q').press('Enter');
      await expect(page).toHaveURL(address);
    });

    await test.step('data and document stand beside each other at 1280 px', async () => {
      const frame = page.locator(`iframe[title="${BILL_NAME}"]`);
      await expect(page.locator('.data .card').first()).toBeInViewport();
      await expect(frame).toBeInViewport();
      const [data, document] = [(await page.locator('.data').boundingBox())!, (await frame.boundingBox())!];
      expect(data.x + data.width).toBeLessThanOrEqual(document.x);
      expect(document.x + document.width).toBeLessThanOrEqual(1280);
      expect(await page.evaluate(() => window.document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
    });

    await test.step('the document comes below at 320 px, as wide as the page', async () => {
      await page.setViewportSize(SMALLEST);
      const [data, frame] = [(await page.locator('.data').boundingBox())!, (await page.locator('.evidence iframe').boundingBox())!];
      expect(data.y + data.height).toBeLessThanOrEqual(frame.y);
      expect(frame.width).toBeGreaterThanOrEqual(data.width - 1);
      await page.setViewportSize({ width: 1280, height: 900 });
    });

    await test.step('take', async () => {
      await page.getByRole('button', { name: 'Take', exact: true }).click();
      await expect(page.getByRole('button', { name: 'Give back' })).toBeVisible();
      await expect(page.locator('.facts')).toContainText('Riley Chen');
    });

    await test.step('send to the carrier', async () => {
      await page.getByRole('link', { name: 'Accept and note as sent' }).click();
      await page.locator('#order-number').fill('VZ-20931');
      await page.getByRole('button', { name: 'Accept and note as sent' }).click();
      await expect(page.locator('.notice').first()).toContainText('sent to Verizon');
      await open();
      await expect(page.locator('.facts')).toContainText('VZ-20931');
    });

    await test.step('the FOC is shown in each zone before it is saved', async () => {
      await page.getByRole('link', { name: 'Set the FOC' }).click();
      await fillDate(page, 'foc', wednesdayAfter(10));
      await page.locator('#from').fill('10');
      await page.locator('#to').fill('2pm');
      await page.locator('#zone').selectOption('America/New_York');
      await page.getByRole('button', { name: 'Show the times' }).click();
      await expect(page.locator('.card.check-first')).toContainText(/10:00 AM.2:00 PM E[SD]T/);
      await page.getByRole('button', { name: 'Save the FOC' }).click();
      await expect(page).toHaveURL(/\/desk(\?|$)/);
      await open();
      await expect(page.locator('.facts')).toContainText(/10:00 AM.2:00 PM E[SD]T/);
    });

    await test.step('complete', async () => {
      await page.getByRole('link', { name: 'Note what moved' }).click();
      await page.locator('#which').check();
      // The agreed time has not come, and the desk has to say that it knows.
      await page.getByRole('button', { name: 'Save what moved' }).click();
      await expectErrorsAt(page, ['early']);
      await page.locator('#early').check();
      await page.getByRole('button', { name: 'Save what moved' }).click();
      await expect(page).toHaveURL(/\/desk(\?|$)/);
      await open();
      await expect(page.locator('.tags')).toContainText('Completed');
    });
  });

  test('a stale page says who was quicker and keeps what was typed', async ({ page, browser, desk, sessions }) => {
    await page.goto(`/desk/port-requests/${sid}/rejection`);
    await page.locator('input[name=reason]').first().check();
    await page.locator('#carrier-words').fill('Name on account differs');

    const context = await browser.newContext({ baseURL: desk.url, storageState: await sessions.of('admin') });
    const admin = await context.newPage();
    await admin.goto(`/desk/port-requests/${sid}/submission`);
    await admin.getByRole('button', { name: 'Accept and note as sent' }).click();
    await expect(admin).toHaveURL(/\/desk(\?|$)/);
    await context.close();

    await page.getByRole('button', { name: 'Reject and send' }).last().click();
    await expect(page.locator('#conflict')).toBeFocused();
    await expect(page.locator('#conflict')).toContainText('Alex Morgan sent this to the carrier');
    await expect(page.locator('#carrier-words')).toHaveValue('Name on account differs');
    await expect(page.locator('input[name=reason]').first()).toBeChecked();
    await page.goto(`/desk/port-requests/${sid}`);
    await expect(page.locator('.tags')).not.toContainText('Rejected');
  });
});
