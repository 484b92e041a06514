// Lists: what each row tells, how it is found again, and what a person may see of it.
import type { Page } from '@playwright/test';
import { pageOf, postedRequest } from './support/posts.ts';
import { expect, test, withAndWithoutScripts } from './support/test.ts';

const WORDS = ['Draft', 'In Review', 'In Progress', 'Completed', 'Rejected', 'Canceled'];
/** What leads on from a row: where the person can do something, and nothing else. */
const NEXT: Record<string, string> = { Draft: 'Continue', Rejected: 'Fix and resubmit' };

/** The same while a letter waits for a signature. */
const LETTER = ['Finish letter of authorization', 'Send again or change signer', 'Sign the letter', 'Upload the signed letter'];

type Row = { name: string; sid: string; status: string; icon: string; says: string; actions: { href: string; words: string }[]; by: string; created: string; at: string };

/** The rows of all lists on a page, as a person reads them. */
const rowsOf = (page: Page): Promise<Row[]> =>
  page.locator('main .list tbody tr').evaluateAll((all) =>
    all.map((row) => {
      const cell = (label: string) => row.querySelector<HTMLElement>(`[data-l="${label}"]`)!;
      const says = cell('What is happening now');
      return {
        name: row.querySelector('th > a')!.textContent!,
        sid: row.querySelector('.sid')?.textContent ?? '',
        status: cell('Status').querySelector<HTMLElement>('.tag')!.innerText.trim(),
        icon: cell('Status').querySelector('svg')!.innerHTML.trim(),
        says: says.innerText.trim(),
        actions: [...says.querySelectorAll('a')].map((link) => ({ href: link.getAttribute('href')!, words: link.firstChild!.textContent! })),
        by: cell('Submitted by').innerText.trim(),
        created: cell('Created').innerText.trim(),
        at: cell('Created').querySelector('time')!.dateTime,
      };
    }),
  );

const namesOn = async (page: Page): Promise<string[]> => (await page.locator('main .list tbody th > a').allTextContents());

withAndWithoutScripts((scripts) => {
  test.describe('the owner', () => {
    test.use({ role: 'owner' });

    test('each row says what it is, how it stands and who does what next', async ({ page }) => {
      const seen = new Map<string, Row>();
      for (const code of ['draft', 'in-review', 'in-progress', 'completed', 'rejected', 'canceled']) {
        await page.goto(`/port-requests?status=${code}`);
        const rows = await rowsOf(page);
        expect(rows.length, code).toBeGreaterThan(0);
        const words = WORDS.find((word) => word.toLowerCase().replace(' ', '-') === code)!;
        for (const row of rows) {
          expect(row.status).toBe(words);
          expect(row.name).not.toBe('');
          expect(row.sid, row.name).toMatch(words === 'Draft' ? /^$/ : /^PR-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
          expect(row.says, row.name).toMatch(/[.”]/);
          expect(row.by, row.name).not.toBe('');
          expect(row.created, row.name).toMatch(/^\w{3} \d{1,2}, \d{4}$/);
          expect(row.at, row.name).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
          const next = words === 'In Review' ? LETTER.filter((label) => row.says.includes(label)) : [NEXT[words]].filter(Boolean);
          // What came through the manual form is for whoever sent it to put right.
          const isOwn = !row.by.endsWith('manual form');
          expect(row.actions.map((action) => action.words), row.name).toEqual(isOwn ? next : []);
        }
        seen.set(words, rows.find((row) => !row.by.endsWith('manual form'))!);
      }

      // Without colour they are still told apart.
      expect(new Set([...seen.values()].map((row) => row.icon)).size).toBe(WORDS.length);
      await page.goto(seen.get('Draft')!.actions[0]!.href);
      await expect(page).toHaveURL(/\/(terms|numbers|contact|bill|check)$/);
      await expect(page.locator('main form')).toBeVisible();
      await page.goto(seen.get('Rejected')!.actions[0]!.href);
      await expect(page.locator('#reasons-title')).toBeVisible();
      await expect(page.locator('main form')).toBeVisible();
    });

    test('a Request SID is found however it is typed', async ({ page }) => {
      await page.goto('/port-requests?page=2');
      const sids = await page.locator('.list tbody .sid').allTextContents();
      // Letters that people take for digits, where there is one.
      const sid = sids.find((one) => one.includes('0')) ?? sids.find((one) => one.includes('1')) ?? sids[0]!;
      const typed = [sid.toLowerCase(), sid.replaceAll('-', ''), sid.replaceAll('0', 'O').replaceAll('1', 'l'), sid.slice(3).replaceAll('-', ' ').toLowerCase()];
      for (const text of typed) {
        await page.goto('/port-requests');
        await page.locator('.filters').evaluate((filters) => { (filters as HTMLDetailsElement).open = true; });
        await page.locator('#q').fill(text);
        await page.locator('#q').press('Enter');
        await expect(page.locator('.list tbody .sid'), text).toHaveText([sid]);
      }
    });

    test('filters and page stand in the address, and each chip takes one filter away', async ({ page, browser, desk, sessions }) => {
      await page.goto('/port-requests');
      await page.getByRole('link', { name: 'Next page' }).click();
      await expect(page).toHaveURL(/\?page=2$/);
      await expect(page).toHaveTitle(/, page 2 of \d/);

      await page.goto('/port-requests');
      await page.locator('#q').fill('office');
      for (const status of ['Completed', 'In Progress']) await page.getByRole('checkbox', { name: status, exact: true }).check();
      await page.locator('#location').selectOption({ label: 'Main office, New York' });
      await page.getByRole('button', { name: 'Apply' }).click();
      const names = await namesOn(page);
      expect(names.length).toBeGreaterThan(0);
      await page.reload();
      expect(await namesOn(page)).toEqual(names);
      const context = await browser.newContext({ baseURL: desk.url, javaScriptEnabled: scripts, storageState: await sessions.of('owner') });
      const shared = await context.newPage();
      await shared.goto(page.url());
      expect(await namesOn(shared)).toEqual(names);
      await context.close();

      const chips = page.locator('.chips li a');
      await expect(chips).toHaveText([/“office”/, /Status: In Progress/, /Status: Completed/, /Location: Main office, New York/]);
      for (let left = 3; 0 <= left; left -= 1) {
        await chips.first().click();
        await expect(chips).toHaveCount(left);
      }
      await expect(page).toHaveURL(/\/port-requests$/);
    });
  });

  test.describe('a manager', () => {
    test.use({ role: 'manager' });

    test('sees only the own requests, and another’s address leads nowhere', async ({ page, browser, desk }) => {
      const owner = await pageOf(browser, desk, 'owner');
      const sid = await postedRequest(owner, { name: 'Not the manager’s' });
      await owner.goto(`/port-requests/${sid}`);
      const file = (await owner.locator('.files a').first().getAttribute('href'))!;
      await owner.context().close();

      await page.goto('/port-requests');
      await expect(page.locator('main')).toContainText('You see the requests that you made.');
      expect(new Set((await rowsOf(page)).map((row) => row.by))).toEqual(new Set(['Marcus Bell']));
      await page.goto(`/port-requests?q=${sid}`);
      await expect(page.locator('main')).toContainText('No requests match');
      const csv = await (await page.request.get('/port-requests/export')).text();
      expect(csv).toContain('Marcus Bell');
      expect(csv).not.toContain('Dana Whitfield');
      for (const address of ['', '/confirmation', '/cancellation', '/numbers', '/check', '/fix', '/continue'].map((page) => `/port-requests/${sid}${page}`).concat(file)) {
        expect((await page.goto(address))?.status(), address).toBe(404);
      }
    });
  });

  test.describe('a reviewer', () => {
    test.use({ role: 'reviewer' });

    test('shares a view of the queue by its address, and takes the search away with its chip', async ({ page }) => {
      await page.goto('/desk');
      await page.locator('nav.tabs').getByRole('link', { name: /^All/ }).click();
      await expect(page).toHaveURL(/view=all/);
      await page.getByRole('link', { name: 'Next page' }).click();
      await expect(page).toHaveURL(/view=all&page=2/);
      await expect(page).toHaveTitle(/page 2 of \d/);
      const names = await namesOn(page);
      await page.reload();
      expect(await namesOn(page)).toEqual(names);

      await page.locator('#q').fill('bakery');
      await page.locator('#q').press('Enter');
      await expect(page).toHaveURL(/q=bakery/);
      await expect(page.locator('.chips li a')).toHaveText([/Search: bakery/]);
      await page.locator('.chips li a').click();
      await expect(page).not.toHaveURL(/bakery/);
      await expect(page.locator('.chips')).toHaveCount(0);
    });

    test('comes back to the same view after a decision, with the next request at hand', async ({ page, browser, desk }) => {
      const owner = await pageOf(browser, desk, 'owner');
      const name = scripts ? 'Decide quickly' : 'Decide in peace';
      const [first, second] = [await postedRequest(owner, { name }), await postedRequest(owner, { name })];
      await owner.context().close();

      const view = `/desk?view=to-decide&q=${name.replaceAll(' ', '+')}`;
      await page.goto(view);
      await page.locator('tr', { hasText: first }).getByRole('link').first().click();
      await page.getByRole('link', { name: 'Reject' }).click();
      await page.locator('#reason').check();
      await page.getByRole('button', { name: 'Reject and send' }).last().click();

      await expect(page).toHaveURL(`${desk.url}${view}`);
      await expect(page.locator('.notice')).toContainText(`${first} rejected. Next: ${second}`);
      await page.locator('.notice').getByRole('link', { name: second }).click();
      await expect(page).toHaveURL(new RegExp(`/desk/port-requests/${second}\\?view=to-decide&q=`));
      await page.locator('.back').getByRole('link', { name: 'Queue' }).click();
      await expect(page).toHaveURL(`${desk.url}${view}`);
    });
  });
});
