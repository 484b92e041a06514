// A customer's way from "Before you start" to the Request SID, with page scripts and without.
import { expectErrorsAt } from './support/errors.ts';
import { expect, test, withAndWithoutScripts } from './support/test.ts';
import { agreeToTerms, BILL_NAME, fillAccount, fillBill, fillContact, freeNumber, goOn, send, shown, startDraft } from './support/wizard.ts';

const PIN = 'zq8841xw';

test.use({ role: 'owner' });

withAndWithoutScripts((scripts) => {
  test('a request goes from the first page to its Request SID', async ({ page }) => {
    test.setTimeout(120_000);
    const [first, second, tollFree, extended, wireless] = [freeNumber(), freeNumber(), freeNumber('800'), freeNumber(), freeNumber()];
    const sid = await startDraft(page);

    await test.step('terms start unticked, and each missing one is named', async () => {
      await expect(page.locator('main input[type=checkbox]:checked')).toHaveCount(0);
      await page.getByRole('button', { name: 'Agree and continue' }).click();
      await expectErrorsAt(page, ['rates', 'keep_active', 'texts', 'termination']);
      await agreeToTerms(page);
    });

    await test.step('a messy paste is accounted for and never rewritten', async () => {
      await fillAccount(page, `Walk ${sid}`);
      const dashes = `${extended.slice(0, 3)}\u2011${extended.slice(3, 6)}\u2011${extended.slice(6)}`;
      const paste = `${shown(first)}; ${second.slice(0, 3)}.${second.slice(3, 6)}.${second.slice(6)}\n+1 ${tollFree}, 555-01, Main: ${dashes} ext. 12, ${first}`;
      await page.locator('#landline').fill(paste);
      if (!scripts) await page.getByRole('button', { name: 'Check numbers' }).click();
      await expect(page.locator('#echo-title')).toHaveText(/4 numbers read, 1 to fix, 1 duplicate merged/);
      await expect(page.locator('#echo .fix')).toContainText('555-01');
      await expect(page.locator('#echo')).toContainText(shown(extended));
      await expect(page.locator('#landline')).toHaveValue(paste);
      await page.locator('#landline').fill([first, second, tollFree, extended].join('\n'));
    });

    await test.step('wireless rows are added, removed and brought back', async () => {
      await page.getByRole('button', { name: 'Add a wireless number' }).click();
      await expect(page.locator('#wireless-0-number')).toBeFocused();
      await page.locator('#wireless-0-number').fill(wireless);
      await page.locator('#wireless-0-pin').fill(PIN);
      await page.getByRole('button', { name: 'Add another wireless number' }).click();
      await expect(page.locator('#wireless-1-number')).toBeFocused();
      await page.getByRole('button', { name: 'Remove Wireless number 1' }).click();
      await expect(page.locator('ol.rows > li')).toHaveCount(1);
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect(page.locator('#wireless-0-number')).toHaveValue(wireless);
      await page.getByRole('button', { name: 'Remove Wireless number 2' }).click();
      await expect(page.locator('ol.rows > li')).toHaveCount(1);
    });

    await test.step('PINs are hidden until they are asked for', async () => {
      const pin = page.locator('#wireless-0-pin');
      await pin.fill(PIN);
      const security = () => pin.evaluate((field) => getComputedStyle(field).getPropertyValue('-webkit-text-security'));
      await expect(pin).toHaveAttribute('type', 'text');
      await expect(pin).toHaveAttribute('autocomplete', 'off');
      expect(await security()).toBe('disc');
      await page.locator('#show-secrets').check();
      expect(await security()).toBe('none');
    });

    await test.step('the other pages', async () => {
      await goOn(page);
      await expect(page).toHaveURL(/\/contact/);
      await fillContact(page);
      await goOn(page);
      await expect(page).toHaveURL(/\/bill/);
      await fillBill(page, scripts);
    });

    await test.step('the last page shows every answer and no PIN', async () => {
      for (const said of ['Verizon', 'Northgate Dental, LLC', '350 Old Post Road', BILL_NAME, shown(wireless), shown(tollFree), 'Not provided']) {
        await expect(page.locator('main')).toContainText(said);
      }
      expect(await page.content()).not.toContain(PIN);
    });

    await test.step('sending leads to the Request SID', async () => {
      await send(page);
      await expect(page.locator('.big-sid .sid')).toHaveText(sid);
      await expect(page.locator('.tags')).toContainText('In Review');
      expect(await page.content()).not.toContain(PIN);
      // An old page of the wizard says that it was sent.
      await page.goto(`/port-requests/${sid}/numbers`);
      await expect(page.locator('h1')).toContainText('was sent on');
    });
  });

  test('errors are told once, stay over a reload, and nothing typed is lost', async ({ page }) => {
    await startDraft(page);
    await agreeToTerms(page);
    await page.locator('#name').fill('Half filled');
    await page.getByRole('button', { name: 'Add a wireless number' }).click();
    await expect(page.locator('#wireless-0-number')).toBeFocused();

    await test.step('Enter in a text field saves, and adds or removes no row', async () => {
      await page.locator('#name').press('Enter');
      await expect(page).toHaveURL(/\/numbers\?check=1$/);
      await expect(page.locator('ol.rows > li')).toHaveCount(1);
      await expect(page.locator('#name')).toHaveValue('Half filled');
    });

    await test.step('reload asks nothing and shows the same', async () => {
      const before = await page.locator('#errors').innerText();
      await page.reload();
      await expect(page).toHaveTitle(/^Error: /);
      expect(await page.locator('#errors').innerText()).toBe(before);
    });

    await test.step('each error leads to its field', async () => {
      await expectErrorsAt(page, ['losing_carrier', 'account_number', 'landline', 'scope']);
    });

    await test.step('the step before still has its answers', async () => {
      await page.getByRole('button', { name: 'Save and go back' }).click();
      await expect(page).toHaveURL(/\/terms/);
      await expect(page.locator('main input[type=checkbox]:checked')).toHaveCount(4);
    });
  });

  test('browser Back after an error leads to the page before with its answers', async ({ page }) => {
    await startDraft(page);
    await agreeToTerms(page);
    await goOn(page);
    await expect(page).toHaveURL(/\?check=1$/);
    await expect(page.locator('#errors')).toBeFocused();
    await page.goBack();
    await page.goBack();
    await expect(page).toHaveURL(/\/terms/);
    await expect(page.locator('main input[type=checkbox]:checked')).toHaveCount(4);
  });
});
