// PINs: kept when a field is left blank, and shown to nobody but a reviewer who asks, once and on record.
import { expectLetters } from './support/letters.ts';
import { pageOf, post, postBill, postDraft, TERMS } from './support/posts.ts';
import { holding, readEverything } from './support/read.ts';
import { expect, test, withAndWithoutScripts } from './support/test.ts';
import { fillAccount, freeNumber, goOn, shown } from './support/wizard.ts';

const REVEAL = 'Show the account number and PINs';

test.use({ role: 'owner' });

withAndWithoutScripts(() => {
  test('a PIN stays secret once it is accepted, and only a reviewer who asks for it sees it', async ({ page, browser, desk }) => {
    test.setTimeout(120_000);
    const [first, second] = [freeNumber(), freeNumber()];
    const pins = { first: 'zq8841xw', second: 'kv2207pt', replaced: 'hm5593rd' };
    const sid = await postDraft(page);
    const at = (step: string) => `/port-requests/${sid}/${step}`;
    const pin = (row: number) => page.locator(`#wireless-${row}-pin`);
    const ours = ['terms', 'numbers', 'numbers?check=1', 'contact', 'bill', 'check'].map(at);
    const expectNowhere = (read: Map<string, string>) => {
      for (const secret of Object.values(pins)) expect(holding(read, secret), secret).toEqual([]);
    };

    await test.step('two PINs are accepted', async () => {
      await post(page, at('terms'), TERMS);
      await page.goto(at('numbers'));
      await fillAccount(page, 'PINs that stay secret');
      await page.getByRole('button', { name: 'Add a wireless number' }).click();
      await expect(page.locator('#wireless-0-number')).toBeFocused();
      await page.locator('#wireless-0-number').fill(first);
      await pin(0).fill(pins.first);
      await page.getByRole('button', { name: 'Add another wireless number' }).click();
      await expect(page.locator('#wireless-1-number')).toBeFocused();
      await page.locator('#wireless-1-number').fill(second);
      await pin(1).fill(pins.second);
      await goOn(page);
      await expect(page).toHaveURL(/\/contact/);
      expect(await page.content()).not.toContain(pins.first);
    });

    await test.step('no page of the draft has them', async () => {
      const read = await readEverything(page, [...ours, '/port-requests', '/port-requests/export', '/phone-numbers']);
      expect([...read.keys()]).toEqual(expect.arrayContaining(ours));
      expectNowhere(read);
    });

    await test.step('a blank field keeps its PIN, another PIN replaces it', async () => {
      await page.goto(at('numbers'));
      for (const row of [0, 1]) {
        await expect(pin(row)).toHaveValue('');
        await expect(page.locator(`#wireless-${row}-pin-hint`)).toContainText('Leave blank to keep it');
      }
      await pin(1).fill(pins.replaced);
      await goOn(page);
      await expect(page).toHaveURL(/\/contact/);
      await page.goto(at('check'));
      await expect(page.locator('#numbers ~ .numbers, section:has(> .card-head > #numbers) .numbers').first()).toContainText('saved, 8 characters');
    });

    await test.step('no page of the request, no file and no e-mail has them', async () => {
      await post(page, at('contact'), {
        account_type: 'residential', contact_name: 'Dana Ruiz', authorized_email: 'dana@northgate.example',
        street: '350 Old Post Road', city: 'New York', state: 'NY', postal_code: '10001',
      });
      await postBill(page, sid);
      await post(page, at('check'), {});
      const request = `/port-requests/${sid}`;
      const read = await readEverything(page, [request, ...ours, at('confirmation'), at('cancellation'), '/port-requests', '/port-requests/export']);
      expect(holding(read, sid)).toEqual(expect.arrayContaining([request, at('confirmation'), '/port-requests/export']));
      expectNowhere(read);
      expectNowhere(new Map(Object.entries(await expectLetters(desk, sid, 1))));
    });

    // A session of its own: in an older one the password would be asked for.
    const reviewer = await pageOf(browser, desk, 'reviewer');
    const address = `/desk/port-requests/${sid}`;

    await test.step('no page of the desk has them', async () => {
      const read = await readEverything(reviewer, [address, ...['submission', 'rejection', 'current-action'].map((page) => `${address}/${page}`), '/desk', '/desk/mail']);
      expect(holding(read, sid).length).toBeGreaterThan(5);
      expectNowhere(read);
    });

    await test.step('a reviewer who asks sees them once', async () => {
      await reviewer.goto(address);
      const answered = reviewer.waitForResponse((response) => response.url().endsWith('/reveal'));
      await reviewer.getByRole('button', { name: REVEAL }).click();
      expect((await answered).headers()['cache-control']).toBe('no-store');
      const row = (number: string) => reviewer.locator('tr', { hasText: shown(number) });
      await expect(row(first)).toContainText(pins.first);
      await expect(row(second)).toContainText(pins.replaced);
      expect(await reviewer.content()).not.toContain(pins.second);
    });

    await test.step('and the history says who looked and when', async () => {
      await reviewer.getByRole('link', { name: 'Hide them' }).click();
      await expect(reviewer.getByRole('button', { name: REVEAL })).toBeVisible();
      const line = reviewer.locator('.history li', { hasText: 'PINs and account number shown' });
      await expect(line).toHaveCount(1);
      await expect(line).toContainText('Riley Chen (desk, only the desk sees this)');
      await expect(line.locator('time')).toHaveText(/\d{1,2}:\d\d [AP]M E[SD]T/);
      expectNowhere(await readEverything(reviewer, [address]));
    });
    await reviewer.context().close();
  });
});
