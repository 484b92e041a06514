// From the email to the signed letter, on a telephone: drawn with script, typed without.
import type { Page } from '@playwright/test';
import { expectNoAxeProblems } from './support/axe.ts';
import { told } from './support/letters.ts';
import { pageOf, postedUnsigned } from './support/posts.ts';
import { expect, test, withAndWithoutScripts } from './support/test.ts';

const TELEPHONE = { width: 360, height: 740 };

async function fits(page: Page): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), page.url()).toBe(true);
}

withAndWithoutScripts((scripts) => {
  test.use({ viewport: TELEPHONE });

  test('the authorized person signs the letter from the email', async ({ page, browser, desk }) => {
    const email = `dana-${scripts ? 'draws' : 'types'}@northgate.example`;
    const owner = await pageOf(browser, desk, 'owner');
    const numbers = Array.from({ length: 14 }, (_, at) => `212-555-${scripts ? '03' : '02'}${10 + at}`).join('\n');
    await postedUnsigned(owner, { name: 'To be signed', landline: numbers, contact: { authorized_email: email } });
    await owner.context().close();

    const [, link] = await told(desk, email, /(\/sign\/[\w-]{43})\b/);
    await page.goto(link!);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign a letter of authorization');
    if (scripts) await expectNoAxeProblems(page);
    await page.setViewportSize(TELEPHONE);
    await page.getByRole('button', { name: 'Open the letter' }).click();
    await expect(page).toHaveURL(/\/sign\/r\/LOA-/);
    await page.getByRole('button', { name: 'Send the code' }).click();
    const [, left, right] = await told(desk, email, /\b(\d{3}) (\d{3})\b(?=[\s\S]*10 minutes)/);
    await page.getByLabel('Code from the email').fill(`${left} ${right}`);
    if (scripts) await expectNoAxeProblems(page);
    await page.setViewportSize(TELEPHONE);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('I agree to sign this letter electronically').check();
    if (scripts) await expectNoAxeProblems(page);
    await page.setViewportSize(TELEPHONE);
    await page.getByRole('button', { name: 'Agree and read the letter' }).click();

    await expect(page.getByText('Show the other 4')).toBeVisible();
    await expect(page.locator('input[type=checkbox]:checked')).toHaveCount(0);
    await fits(page);
    const sign = page.getByRole('button', { name: 'Sign and authorize the move of 14 numbers' });
    if (scripts) await expectNoAxeProblems(page);
    await page.setViewportSize(TELEPHONE);
    if (scripts) {
      const field = page.locator('canvas');
      await field.scrollIntoViewIfNeeded();
      const box = (await field.boundingBox())!;
      await page.mouse.move(box.x + 30, box.y + 60);
      await page.mouse.down();
      for (const [x, y] of [[80, 20], [120, 70], [180, 30]] as const) await page.mouse.move(box.x + x, box.y + y, { steps: 4 });
      await page.mouse.up();
      const drawn = await page.locator('[name=strokes]').inputValue();
      expect(drawn).toMatch(/^\d+,\d+( \d+,\d+){3,}$/);
      // A forgotten box costs nothing.
      await sign.click();
      await expect(page.locator('#errors li')).toHaveCount(3);
      expect(await page.locator('[name=strokes]').inputValue()).toBe(drawn);
      await expect(field).toBeVisible();
    } else {
      await expect(page.locator('canvas')).toBeHidden();
      await page.getByLabel('Type your full name to sign').fill('Dana Ruiz');
    }
    for (const box of await page.locator('[name^=statement_]').all()) await box.check();
    await sign.click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Letter signed');
    await fits(page);
    if (scripts) await expectNoAxeProblems(page);
    const pdf = await page.request.get(`${page.url()}/signed.pdf`);
    expect((await pdf.body()).subarray(0, 4).toString()).toBe('%PDF');
    await told(desk, email, /application\/pdf/);
  });
});
