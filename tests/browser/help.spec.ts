// Help beside a field: in the same tab, at the heading that the question is about, and back to what was typed.
import { expectNoAxeProblems } from './support/axe.ts';
import { expect, test, withAndWithoutScripts } from './support/test.ts';
import { agreeToTerms, startDraft } from './support/wizard.ts';

test.use({ role: 'owner' });

withAndWithoutScripts((scripts) => {
  test('leads to the heading and back to the draft as it was typed', async ({ page, context }) => {
    await startDraft(page);
    await agreeToTerms(page);
    for (const [name, words] of [['name', 'Reception'], ['losing_carrier', 'Verizon']] as const) {
      await page.locator(`#${name}`).click();
      await page.keyboard.type(words);
    }
    // A typed PIN would ask before a link is followed; the button saves it.
    await page.locator('#account_pin').fill('7731');
    await page.getByRole('button', { name: 'Where the account number is' }).click();
    await expect(page).toHaveURL(/\/help\/account-number-and-pin#account-number$/);
    await expect(page.getByRole('heading', { name: 'Account number', exact: true })).toBeInViewport();
    expect(context.pages()).toHaveLength(1);
    if (scripts) await expectNoAxeProblems(page);
    await page.goBack();
    await expect(page).toHaveURL(/\/numbers/);
    await expect(page.locator('#name')).toHaveValue('Reception');
    await expect(page.locator('#losing_carrier')).toHaveValue('Verizon');
    await expect(page.locator('#account_pin')).toHaveValue('');
    await expect(page.getByText('Leave blank to keep it.').first()).toBeVisible();
  });
});
