// The numbers of a request: every pasted piece is accounted for, and each refusal says which number it means and why.
import type { Page } from '@playwright/test';
import { pageOf, post, postDraft, postedRequest, TERMS } from './support/posts.ts';
import { expect, test, withAndWithoutScripts } from './support/test.ts';
import { expectErrorsAt } from './support/errors.ts';
import { fillAccount, freeNumber, goOn, shown } from './support/wizard.ts';

const UNKNOWABLE = /wireless|mobile|cell|landline/i;

test.use({ role: 'owner' });

async function numbersPage(page: Page): Promise<void> {
  const sid = await postDraft(page);
  await post(page, `/port-requests/${sid}/terms`, TERMS);
  await page.goto(`/port-requests/${sid}/numbers`);
}

withAndWithoutScripts((scripts) => {
  const paste = async (page: Page, text: string) => {
    await page.locator('#landline').fill(text);
    if (!scripts) await page.getByRole('button', { name: 'Check numbers' }).click();
  };

  test('each piece of a paste is read, or told what is wrong with it', async ({ page }) => {
    await numbersPage(page);
    const echo = page.locator('#echo');

    await test.step('a messy list', async () => {
      const messy = '(212) 555-0142; 212.555.0143\n+1 800 555 0199, 555-01, Main: 646\u2011555\u20110187 ext. 12, 2125550142';
      await paste(page, messy);
      await expect(page.locator('#echo-title')).toHaveText('4 numbers read, 1 to fix, 1 duplicate merged');
      await expect(echo).toContainText('ext. 12 left out: extensions do not move');
      await expect(page.locator('#landline')).toHaveValue(messy);
    });

    await test.step('letters', async () => {
      await paste(page, '1-800-FLOWERS');
      await expect(echo).toContainText('(800) 356-9377');
      await expect(echo).toContainText('Toll-free');
    });

    const refused = { '416-664-0142': 'is Canadian', '900-664-0142': '900 numbers cannot be moved', '212555014': 'has 9 digits' };
    for (const [number, why] of Object.entries(refused)) {
      await test.step(number, async () => {
        await paste(page, number);
        await expect(echo.locator('.fix')).toHaveCount(1);
        await expect(echo.locator('.fix .num')).toHaveText(number);
        await expect(echo.locator('.fix .why')).toContainText(why);
      });
    }

    await test.step('digits alone tell no kind of line', async () => {
      await paste(page, '212-664-0142, 646-664-0187, 800-664-0199');
      await expect(page.locator('#echo-title')).toHaveText('3 numbers read');
      await expect(echo.locator('.meta')).toHaveText(['US local', 'US local', 'Toll-free']);
      const said = (await echo.innerText()).replaceAll(/Move to wireless.*/g, '');
      expect(said).not.toMatch(UNKNOWABLE);
    });
  });

  test('a range is shown as one line and counts once it is confirmed', async ({ page }) => {
    await numbersPage(page);
    await fillAccount(page, 'A range');
    await paste(page, '585-731-0100 to 0119');
    await expect(page.locator('#echo')).toContainText('20 numbers');
    await expect(page.locator('label[for=ranges_confirmed]')).toHaveText('Yes, all 20');
    await expect(page.locator('#ranges_confirmed')).not.toBeChecked();

    await goOn(page);
    await expectErrorsAt(page, ['ranges_confirmed']);
    await page.locator('#ranges_confirmed').check();
    await goOn(page);
    await expect(page).toHaveURL(/\/contact/);
  });

  test('one click makes a number wireless, and its PIN is asked for', async ({ page }) => {
    const [stays, moves] = [freeNumber(), freeNumber()];
    await numbersPage(page);
    await fillAccount(page, 'One is wireless');
    await paste(page, `${shown(stays)}\n${moves}`);
    await page.getByRole('button', { name: `Move to wireless ${shown(moves)}` }).click();

    await expect(page.locator('#wireless-0-pin')).toBeFocused();
    await expect(page.locator('#wireless-0-number')).toHaveValue(shown(moves));
    await expect(page.locator('#landline')).toHaveValue(new RegExp(`^${shown(stays).replace(/[()]/g, '\\$&')}\\s*$`));
    await goOn(page);
    await expectErrorsAt(page, ['wireless-0-pin']);
    await expect(page.locator('#wireless-0-pin-error')).toContainText(`Enter a PIN for ${shown(moves)}`);
  });

  test('a number that is elsewhere already is told where', async ({ page, browser, desk }) => {
    const [twice, own, foreign] = [freeNumber(), freeNumber(), freeNumber()];
    const sid = await postedRequest(page, { name: 'Has the number', landline: own });
    const neighbor = await pageOf(browser, desk, 'neighbor');
    const theirs = await postedRequest(neighbor, { name: 'Has the other number', landline: foreign });
    await neighbor.context().close();

    await numbersPage(page);
    await fillAccount(page, 'Numbers of others');
    await paste(page, [twice, own, foreign].join(', '));
    const why = page.locator('#echo .fix .why');
    await expect(why).toHaveText([`It is already in request ${sid}`, 'It is already in another open request. Take it out here or contact support']);
    await expect(why.getByRole('link')).toHaveAttribute('href', `/port-requests/${sid}`);

    await page.getByRole('button', { name: 'Add a wireless number' }).click();
    await page.locator('#wireless-0-number').fill(shown(twice));
    await page.locator('#wireless-0-pin').fill('zq8841xw');
    await goOn(page);
    await expectErrorsAt(page, ['landline', 'wireless-0-number']);
    await expect(page.locator('#wireless-0-number-error')).toContainText(`${shown(twice)} is in both lists. Keep it in one`);
    await expect(page.locator('#landline-error')).toContainText(`${shown(own)} is already in request ${sid}`);
    await expect(page.locator('#landline-error')).toContainText(`${shown(foreign)} is already in another open request. Take it out here or contact support`);
    expect(await page.content()).not.toContain(theirs);
  });

  test('“none” is an answer for a landline account and not for a wireless number', async ({ page }) => {
    await numbersPage(page);
    await fillAccount(page, 'No PINs');
    await page.locator('#account_pin').fill('N/A');
    await page.getByRole('button', { name: 'Add a wireless number' }).click();
    await page.locator('#wireless-0-number').fill(freeNumber());
    await page.locator('#wireless-0-pin').fill('N/A');
    await goOn(page);
    await expectErrorsAt(page, ['wireless-0-pin']);
    await expect(page.locator('#wireless-0-pin-error')).toContainText('Ask Verizon for a transfer PIN');

    await page.locator('#wireless-0-pin').fill('zq8841xw');
    await goOn(page);
    await expect(page).toHaveURL(/\/contact/);
  });
});

test('a click while the page saves by itself is not taken for another tab', async ({ page }) => {
  await numbersPage(page);
  await fillAccount(page, 'Clicked while saving');
  await page.getByRole('button', { name: 'Add a wireless number' }).click();
  await expect(page.locator('#wireless-0-number')).toBeFocused();

  // The server has saved, and its answer is still on its way.
  let [letGo, saved] = [() => {}, () => {}];
  const goesOn = new Promise<void>((done) => { letGo = done; });
  const isSaved = new Promise<void>((done) => { saved = done; });
  await page.route('**/numbers', async (route) => {
    if (route.request().headers()['x-background'] === undefined) return route.continue();
    const response = await route.fetch();
    saved();
    await goesOn;
    return route.fulfill({ response });
  });
  await page.locator('#wireless-0-number').fill(freeNumber());
  await isSaved;
  await page.locator('#wireless-0-pin').fill('zq8841xw');
  await page.getByRole('button', { name: 'Add another wireless number' }).click({ noWaitAfter: true });
  letGo();
  await expect(page.locator('#wireless-1-number')).toBeFocused();
  await expect(page.locator('#changed')).toHaveCount(0);
  await expect(page.locator('#wireless-0-pin')).toHaveValue('zq8841xw');
});
