// From the terms to the confirmation and back: nothing is sent twice, and nothing that was typed is lost.
import type { Page } from '@playwright/test';
import { expectErrorsAt } from './support/errors.ts';
import { expectLetters } from './support/letters.ts';
import { fillSignIn, signIn, signOut } from './support/people.ts';
import { OURS, pageOf, post, postBill, postDraft, postedDraft, postedRequest, postToCarrier, TERMS } from './support/posts.ts';
import { expect, test, withAndWithoutScripts } from './support/test.ts';
import { BILL_NAME, fillAccount, fillContact, freeNumber, goOn, shown } from './support/wizard.ts';

const CARRIER = 'section-carrier billing';

/** What each field of a page says to browsers that fill in forms; hidden ones and ticks have nothing to fill. */
const autocompletes = (page: Page): Promise<Record<string, string | null>> =>
  page.locator('main :is(input, select, textarea):not([type=hidden], [type=radio], [type=checkbox], [type=file])').evaluateAll((all) =>
    Object.fromEntries(all.map((field) => [field.id, field.getAttribute('autocomplete')])),
  );

withAndWithoutScripts(() => {
  test.describe('the owner', () => {
    test.use({ role: 'owner' });

    test('each missing term is asked for in its own words, and the version agreed to stays on record', async ({ page }) => {
      const sid = await postDraft(page);
      await page.goto(`/port-requests/${sid}/terms`);
      await expect(page.locator('main input[type=checkbox]:checked')).toHaveCount(0);
      await page.getByRole('button', { name: 'Agree and continue' }).click();
      await expect(page.locator('#errors li')).toHaveText([
        'Tick the box to confirm you accept the porting rates',
        'Tick the box to confirm you will keep the numbers active',
        'Tick the box to confirm you understand texts may not work for up to 3 days',
        'Tick the box to confirm you understand there may be a termination fee',
      ]);
      // One at a time: only the others are still asked for.
      for (const term of ['rates', 'texts', 'termination']) await page.locator(`#${term}`).check();
      await page.getByRole('button', { name: 'Agree and continue' }).click();
      await expectErrorsAt(page, ['keep_active']);
      await expect(page.locator('main input[type=checkbox]:checked')).toHaveCount(3);
      await page.locator('#keep_active').check();
      await page.getByRole('button', { name: 'Agree and continue' }).click();
      await expect(page).toHaveURL(/\/numbers/);
      await page.goto(`/port-requests/${sid}`);
      const agreed = page.getByText(/^(All four agreed on|Agreed) \w{3} \d{1,2}, \d{4}, \d{1,2}:\d\d [AP]M E[SD]T, version 1$/);
      await expect(agreed.first()).toBeVisible();
      for (const term of [/porting rates/, /keep these numbers active/, /texts may not work/, /termination fee/])
        await expect(page.locator('main')).toContainText(term);
    });

    test('two clicks at once send one request and one e-mail', async ({ page, desk }) => {
      const sid = await postedDraft(page, { name: 'Clicked twice' });
      await postBill(page, sid);
      await page.goto(`/port-requests/${sid}/check`);
      await expect(page.getByRole('button', { name: 'Accept and send' })).toBeVisible();
      const press = () => page.request.post(`/port-requests/${sid}/check`, { headers: OURS, form: {}, maxRedirects: 0 });
      const answers = await Promise.all([press(), press()]);
      for (const answer of answers) {
        expect(answer.status()).toBe(303);
        // The second may find the request sent already: that page leads on, too.
        const end = await page.request.get(answer.headers()['location']!);
        expect(new URL(end.url()).pathname).toBe(`/port-requests/${sid}/confirmation`);
      }
      // And once more from the page that is still open.
      await page.getByRole('button', { name: 'Accept and send' }).click();
      await expect(page.locator('.big-sid .sid')).toHaveText(sid);
      await page.goto('/port-requests?q=Clicked+twice');
      await expect(page.locator('.list tbody .sid', { hasText: sid })).toHaveCount(1);
      await page.goto(`/port-requests/${sid}`);
      await expect(page.locator('.history li', { has: page.getByRole('heading', { name: 'Request sent' }) })).toHaveCount(1);
      await expectLetters(desk, sid, 1);
    });

    test('a page that was left open says that the request was sent meanwhile', async ({ page }) => {
      const sid = await postedDraft(page, { name: 'Sent meanwhile' });
      await postBill(page, sid);
      await page.goto(`/port-requests/${sid}/contact`);
      await page.goto(`/port-requests/${sid}/check`);
      await page.getByRole('button', { name: 'Accept and send' }).click();
      await expect(page).toHaveURL(/\/confirmation/);
      const old = await page.context().newPage();
      await old.goto(`/port-requests/${sid}/contact`);
      await expect(old.locator('h1')).toContainText('This request was sent on');
      await old.close();

      await page.goBack();
      await page.goBack();
      await expect(page).toHaveURL(/\/contact$/);
      // A browser may show the form out of its memory; sending it changes nothing.
      if (0 < (await page.locator('#city').count())) {
        await page.locator('#city').fill('Newark');
        await goOn(page);
      }
      await expect(page.locator('h1')).toContainText('This request was sent on');
      await page.getByRole('link', { name: 'View request' }).click();
      await expect(page.locator('main')).toContainText('New York');
      await expect(page.locator('main')).not.toContainText('Newark');
    });

    test('the address of the confirmation goes on telling where the request is', async ({ page, browser, desk }) => {
      const sid = await postedRequest(page, { name: 'Looked at later' });
      const reviewer = await pageOf(browser, desk, 'reviewer');
      await postToCarrier(reviewer, sid);
      await reviewer.context().close();
      await page.goto(`/port-requests/${sid}/confirmation`);
      await expect(page.locator('.big-sid .sid')).toHaveText(sid);
      await expect(page.locator('.tags')).toHaveText('In Progress');
      await expect(page.locator('.lead')).toContainText('Sent to Verizon on');
    });

    test('every answer is shown before it is sent, and each can be changed from there', async ({ page }) => {
      test.setTimeout(120_000);
      const wireless = freeNumber();
      const more = { 'wireless-0-number': wireless, 'wireless-0-pin': 'zq8841xw', 'wireless-0-kind': 'pin' };
      const landline = freeNumber();
      const sid = await postedDraft(page, { name: 'All answers', landline, more, contact: { unit: 'Suite 3' } });
      await postBill(page, sid);
      const check = `/port-requests/${sid}/check`;
      await page.goto(check);
      const answer = (label: string) => page.locator('.answers > div', { has: page.locator('dt', { hasText: new RegExp(`^${label}$`) }) });

      const shownAs = {
        'Port request name': 'All answers', 'Current carrier': 'Verizon', 'ZIP code': '10001', 'Name on the account': 'Northgate Dental, LLC',
        'How many': '2 numbers: 1 landline or VoIP, 1 wireless', 'Every number on the account': 'Yes', 'Account type': 'Business',
        'Contact name': 'Dana Ruiz', 'Authorized email': 'dana@northgate.example', 'What you give us': 'Bill or statement', 'PINs': 'PIN saved, 8 characters',
      };
      for (const [label, words] of Object.entries(shownAs)) await expect(answer(label).first(), label).toContainText(words);
      await expect(answer('Service address')).toContainText('350 Old Post RoadSuite 3New York, NY 10001');
      for (const label of ['Billing phone number', 'Preferred move date']) await expect(answer(label).locator('.none'), label).toHaveText('Not provided');
      await expect(page.locator('main')).toContainText(shown(landline));
      await expect(page.locator('main')).toContainText(BILL_NAME);

      // Following every link once: it leads to its field, and saving leads back beside the answer.
      const links = await page.locator('.change a').evaluateAll((all) => all.map((link) => ({ href: link.getAttribute('href')!, card: link.closest('section')!.getAttribute('aria-labelledby')! })));
      expect(links.length).toBeGreaterThan(14);
      for (const { href } of links) {
        const [path, field] = href.split('#') as [string, string];
        const form = await (await page.request.get(path)).text();
        expect(form, href).toContain(`id="${field}"`);
        // Its form leads back here and nowhere else.
        if (path.includes('/signer?')) continue;
        expect(path).toMatch(/\?from=check$/);
        expect(form, href).toContain('name="from" value="check"');
      }
      for (const [label, card] of [['City or ZIP', 'contact'], ['Number', 'numbers'], ['Bill', 'documents'], ['Terms', 'terms']] as const) {
        await test.step(label, async () => {
          await page.goto(check);
          await page.locator(`section[aria-labelledby=${card}] .change a`).first().click();
          await page.locator('main form button.btn').filter({ hasText: /continue$/ }).click();
          await expect(page).toHaveURL(new RegExp(`${check}#${card}$`));
          await expect(page.locator(`section[aria-labelledby=${card}] h2`)).toBeInViewport();
          await page.keyboard.press('Tab');
          expect(await page.evaluate(() => document.activeElement?.closest('section')?.getAttribute('aria-labelledby'))).toBe(card);
        });
      }
    });

    test('a PO Box is refused as the service address, and every other answer stays', async ({ page }) => {
      const sid = await postDraft(page);
      await post(page, `/port-requests/${sid}/terms`, TERMS);
      await page.goto(`/port-requests/${sid}/contact`);
      await fillContact(page);
      await page.locator('#unit').fill('Suite 3');
      for (const box of ['P.O. Box 7', 'PO BOX 12', 'Post Office Box 9']) {
        await page.locator('#street').fill(box);
        await goOn(page);
        await expectErrorsAt(page, ['street']);
        await expect(page.locator('#street-error')).toContainText('A PO Box cannot be the service address');
      }
      const kept = { street: 'Post Office Box 9', unit: 'Suite 3', business_name: 'Northgate Dental, LLC', contact_name: 'Dana Ruiz', authorized_email: 'dana@northgate.example', city: 'New York', state: 'NY', postal_code: '10001' };
      for (const [field, value] of Object.entries(kept)) await expect(page.locator(`#${field}`)).toHaveValue(value);
      await expect(page.locator('#account_type-business')).toBeChecked();

      await page.locator('#street').fill('12 Poe Boxwood Lane');
      await goOn(page);
      await expect(page).toHaveURL(/\/bill/);
    });

    test('browsers fill in the own details and those of the account apart from each other', async ({ page }) => {
      const sid = await postDraft(page);
      await page.goto(`/port-requests/${sid}/numbers`);
      await page.getByRole('button', { name: 'Add a wireless number' }).click();
      await expect(page.locator('#wireless-0-number')).toBeFocused();
      expect(new Set(Object.values(await autocompletes(page)))).toEqual(new Set(['off']));
      await page.goto(`/port-requests/${sid}/contact`);
      const { 'preferred-month': month, 'preferred-day': day, 'preferred-year': year, ...holder } = await autocompletes(page);
      expect([month, day, year]).toEqual(['off', 'off', 'off']);
      expect(holder).toEqual({
        business_name: `${CARRIER} organization`,
        contact_name: `${CARRIER} name`,
        authorized_email: `${CARRIER} email`,
        street: `${CARRIER} address-line1`,
        unit: `${CARRIER} address-line2`,
        city: `${CARRIER} address-level2`,
        state: `${CARRIER} address-level1`,
        postal_code: `${CARRIER} postal-code`,
      });
      await page.goto('/profile');
      expect(await autocompletes(page)).toMatchObject({ name: 'name' });
      await page.goto('/profile/password');
      expect(await autocompletes(page)).toMatchObject({ current: 'current-password', password: 'new-password', again: 'new-password' });
    });
  });

  test.describe('somebody who leaves', () => {
    test('goes on at the first unfinished step with what was saved', async ({ page }) => {
      await signIn(page, 'priya');
      const sid = await postDraft(page);
      await post(page, `/port-requests/${sid}/terms`, TERMS);
      await page.goto(`/port-requests/${sid}/numbers`);
      await page.locator('#name').fill('For tomorrow');
      await page.locator('#losing_carrier').fill('Lumen');
      await page.getByRole('button', { name: 'Save and come back later' }).click();
      await expect(page.locator('.notice')).toContainText('Draft saved');
      await signOut(page);
      expect(await autocompletes(page)).toEqual({ email: 'username', password: 'current-password' });
      await signIn(page, 'priya');
      await page.goto('/port-requests?q=For+tomorrow');
      await page.locator(`a[href="/port-requests/${sid}/continue"]`).click();
      await expect(page).toHaveURL(new RegExp(`${sid}/numbers`));
      await expect(page.locator('#name')).toHaveValue('For tomorrow');
      await expect(page.locator('#losing_carrier')).toHaveValue('Lumen');
    });

    test('finds what was typed when the session ended in between', async ({ page, browser, desk }) => {
      await signIn(page, 'priya');
      const sid = await postDraft(page);
      await post(page, `/port-requests/${sid}/terms`, TERMS);
      await page.goto(`/port-requests/${sid}/numbers`);
      const elsewhere = await pageOf(browser, desk, 'priya');
      await post(elsewhere, '/sign-out/everywhere', {});
      await elsewhere.context().close();

      const number = freeNumber();
      await fillAccount(page, 'Typed while signed out');
      await page.locator('#landline').fill(number);
      await goOn(page);
      await expect(page).toHaveURL(/\/sign-in/);
      await fillSignIn(page, 'priya');
      await expect(page.locator('h1')).toHaveText('Nothing was lost');
      await page.getByRole('button', { name: 'Continue' }).click();
      await expect(page).toHaveURL(new RegExp(`${sid}/contact`));
      await page.goto(`/port-requests/${sid}/numbers`);
      await expect(page.locator('#name')).toHaveValue('Typed while signed out');
      await expect(page.locator('#landline')).toHaveValue(number);
    });
  });
});
