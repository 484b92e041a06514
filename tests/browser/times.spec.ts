// The date and window of a move: told with its zone everywhere, and in the reader's own where that is another.
import { wednesdayAfter } from './support/dates.ts';
import { expectErrorsAt } from './support/errors.ts';
import { expectLetters } from './support/letters.ts';
import { pageOf, postedRequest, postToCarrier } from './support/posts.ts';
import { expect, test, withAndWithoutScripts } from './support/test.ts';
import { fillDate } from './support/wizard.ts';

const WINDOW = /10:00 AM–2:00 PM E[SD]T/;
const IN_DENVER = '8:00 AM–12:00 PM your time';

/** The next day on which New York's clocks skip from 2 to 3 in the morning: a second Sunday of March. */
function nextGap(): { month: string; day: string; year: string } {
  const sunday = (year: number) => 14 - new Date(Date.UTC(year, 2, 14)).getUTCDay();
  const now = new Date();
  const isOver = (year: number) => Date.UTC(year, 2, sunday(year)) < now.getTime();
  const year = isOver(now.getUTCFullYear()) ? now.getUTCFullYear() + 1 : now.getUTCFullYear();
  return { month: '3', day: String(sunday(year)), year: String(year) };
}

withAndWithoutScripts(() => {
  // The demo's manager reads times in Denver; the request moves in New York.
  test.use({ role: 'manager' });

  test('a confirmed move is told in its own zone and in the reader’s', async ({ page, browser, desk }) => {
    const sid = await postedRequest(page, { name: 'Told in two zones' });
    const reviewer = await pageOf(browser, desk, 'reviewer');
    await postToCarrier(reviewer, sid);
    const path = `/desk/port-requests/${sid}/foc`;

    await test.step('a time that the clocks skip is refused', async () => {
      await reviewer.goto(path);
      await fillDate(reviewer, 'foc', nextGap());
      await reviewer.locator('#from').fill('2:30 am');
      await reviewer.locator('#to').fill('6 am');
      await reviewer.locator('#zone').selectOption('America/New_York');
      await reviewer.getByRole('button', { name: 'Show the times' }).click();
      await expectErrorsAt(reviewer, ['from']);
      await expect(reviewer.locator('#from-error')).toContainText('2:30 AM does not happen on Mar');
      await expect(reviewer.locator('#to')).toHaveValue('6 am');
    });

    await test.step('the window is saved', async () => {
      await fillDate(reviewer, 'foc', wednesdayAfter(10));
      await reviewer.locator('#from').fill('10');
      await reviewer.locator('#to').fill('2pm');
      await reviewer.getByRole('button', { name: 'Show the times' }).click();
      await reviewer.getByRole('button', { name: 'Save the FOC' }).click();
      await expect(reviewer).toHaveURL(/\/desk\?/);
      await reviewer.context().close();
    });

    for (const address of [`/port-requests?q=${sid}`, `/port-requests/${sid}`, `/port-requests/${sid}/confirmation`]) {
      await test.step(address.replace(sid, 'SID'), async () => {
        await page.goto(address);
        await expect(page.locator('main')).toContainText(WINDOW);
        await expect(page.locator('main')).toContainText(IN_DENVER);
      });
    }

    await test.step('the e-mail', async () => {
      const letters = await expectLetters(desk, sid, 4);
      const confirmed = letters.filter((letter) => letter.includes('Move date confirmed'));
      expect(confirmed).toHaveLength(1);
      expect(confirmed[0]).toMatch(WINDOW);
    });
  });
});
