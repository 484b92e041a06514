// Signing in and out, as each role, with page scripts and without.
import { expectErrorsAt } from './support/errors.ts';
import { emailOf, HOME, PASSWORD, ROLES, signIn, signOut } from './support/people.ts';
import { expect, test, withAndWithoutScripts } from './support/test.ts';

withAndWithoutScripts(() => {
  for (const role of ROLES) {
    test(`the ${role} signs in and lands on ${HOME[role]}`, async ({ page }) => {
      await signIn(page, role);
      await expect(page).toHaveURL(new RegExp(`${HOME[role]}$`));
      await expect(page.locator('h1')).toHaveCount(1);
    });
  }

  test('a wrong password keeps the address, clears the password and says one thing', async ({ page }) => {
    await page.goto('/sign-in');
    await page.locator('#email').fill(emailOf('owner'));
    await page.locator('#password').fill('not the password');
    await page.locator('#password').press('Enter');

    await expect(page.locator('#errors')).toContainText('The email address or password is not right');
    await expect(page.locator('#email')).toHaveValue(emailOf('owner'));
    await expect(page.locator('#password')).toHaveValue('');
    await expect(page).toHaveTitle(/^Error: /);
  });

  test('an empty form names both fields', async ({ page }) => {
    await page.goto('/sign-in');
    await page.locator('main form').getByRole('button', { name: 'Sign in' }).click();
    await expectErrorsAt(page, ['email', 'password']);
  });

  test('a page that needs a sign-in comes back after it', async ({ page }) => {
    await page.goto('/port-requests');
    await expect(page).toHaveURL(/\/sign-in/);
    await page.locator('#email').fill(emailOf('owner'));
    await page.locator('#password').fill(PASSWORD);
    await page.locator('#password').press('Enter');
    await expect(page).toHaveURL(/\/port-requests$/);
  });

  test('signing out ends the session', async ({ page }) => {
    await signIn(page, 'owner');
    await signOut(page);
    await page.goto('/port-requests');
    await expect(page).toHaveURL(/\/sign-in/);
  });
});
