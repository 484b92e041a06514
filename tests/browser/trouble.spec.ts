// When something goes wrong: a page of the house says what to do, and the draft stays as it was.
import { emailOf, fillSignIn } from './support/people.ts';
import { OURS, post, postDraft, TERMS } from './support/posts.ts';
import { expectSoundShell } from './support/shell.ts';
import { expect, test, withAndWithoutScripts } from './support/test.ts';
import { goOn } from './support/wizard.ts';

withAndWithoutScripts((scripts) => {
  test.describe('a reviewer', () => {
    test.use({ role: 'reviewer' });
    test('is told that a page is for admins, and goes on from there', async ({ page }) => {
      const answer = await page.goto('/admin/users');
      expect(answer?.status()).toBe(403);
      await expect(page.locator('h1')).toHaveText('You do not have access to this page');
      await expectSoundShell(page);
      await page.getByRole('link', { name: 'Go to your start page' }).click();
      await expect(page).toHaveURL(/\/desk$/);
    });
  });

  test.describe('the owner', () => {
    test.use({ role: 'owner' });
    test('is told that a form is too large, and the draft stays as it was', async ({ page }) => {
      const sid = await postDraft(page);
      await post(page, `/port-requests/${sid}/terms`, TERMS);
      await post(page, `/port-requests/${sid}/numbers`, { do: 'later', name: 'Before the flood', losing_carrier: 'Lumen' });
      await page.goto(`/port-requests/${sid}/numbers`);
      await page.locator('#landline').fill('585-730-0001 '.repeat(45_000));
      const answered = page.waitForResponse((response) => response.request().isNavigationRequest() && response.request().method() === 'POST');
      await goOn(page);
      expect((await answered).status()).toBe(413);
      await expect(page.locator('h1')).toHaveText('That is too large');
      await expect(page.locator('.lead')).toContainText(/larger than 512 KB.*[Ss]horten what you typed and send it again/);
      await expectSoundShell(page);
      await page.goto(`/port-requests/${sid}/numbers`);
      await expect(page.locator('#name')).toHaveValue('Before the flood');
      await expect(page.locator('#losing_carrier')).toHaveValue('Lumen');
      await expect(page.locator('#landline')).toHaveValue('');
    });
  });

  test('too many wrong passwords are told how long to wait', async ({ page }) => {
    // An address of nobody, another in each mode, so that nobody else has to wait.
    const email = `nobody-${scripts ? 'here' : 'there'}@demo.test`;
    for (let wrong = 0; wrong < 10; wrong += 1) {
      await page.request.post('/sign-in', { headers: OURS, form: { email, password: 'wrong' } });
    }
    await page.goto('/sign-in');
    await page.locator('#email').fill(email);
    await page.locator('#password').fill('wrong');
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.locator('#password').press('Enter');
    expect((await answered).status()).toBe(429);
    await expect(page.locator('#errors')).toContainText(/Too many tries\. Try again in 1?\d minutes? or reset your password/);
    await expectSoundShell(page);
    await fillSignIn(page, 'owner');
    await expect(page, emailOf('owner')).toHaveURL(/\/port-requests$/);
  });
});
