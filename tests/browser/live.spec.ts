// A page that is open follows what the desk does, without a reload.
import { expect, test } from './support/test.ts';
import { sentRequest } from './support/wizard.ts';

test.use({ role: 'owner' });

test('the owner sees a move of the desk within 3 seconds, and the focus stays', async ({ page, browser, desk, sessions }) => {
  test.setTimeout(120_000);
  const sid = await sentRequest(page, 'Followed live');
  await page.goto(`/port-requests/${sid}`);
  await expect(page.locator('[data-live-part=tag]')).toHaveText(/In Review/);
  const back = page.locator('.back a');
  await back.focus();
  // A reload would lose this mark.
  await page.evaluate(() => { document.body.dataset['mark'] = 'kept'; });

  const context = await browser.newContext({ baseURL: desk.url, storageState: await sessions.of('reviewer') });
  const reviewer = await context.newPage();
  await reviewer.goto(`/desk/port-requests/${sid}/submission`);
  await reviewer.getByRole('button', { name: 'Accept and note as sent' }).click();
  await expect(page.locator('[data-live-part=tag]')).toHaveText(/In Progress/, { timeout: 3_000 });
  await expect(page.locator('[data-live-part=now] .lead')).toContainText('Sent to Verizon');
  await expect(page.locator('#say')).toContainText('The request has changed');
  await expect(back).toBeFocused();
  await expect(page.locator('body')).toHaveAttribute('data-mark', 'kept');
  await context.close();
});
