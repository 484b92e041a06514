// The demo's people and how they sign in.
import { expect, type Page } from '@playwright/test';

export const ROLES = ['owner', 'manager', 'reviewer', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Others, for walks that end sessions or change a profile: the owner of another account, a manager and a reviewer. */
const OTHERS = { neighbor: 'owner@bluebird.test', priya: 'priya@demo.test', sam: 'sam@demo.test' } as const;
export type Person = Role | keyof typeof OTHERS;

export const PASSWORD = 'portdesk-demo';
export const emailOf = (who: Person): string => (who in OTHERS ? OTHERS[who as keyof typeof OTHERS] : `${who}@demo.test`);

/** Where each role lands after signing in. */
export const HOME: Record<Role, string> = { owner: '/port-requests', manager: '/port-requests', reviewer: '/desk', admin: '/desk' };

/** Signs in by the form, in a session of this page's own: use it where the walk signs out or changes the session. */
export async function signIn(page: Page, who: Person): Promise<void> {
  await page.goto('/sign-in');
  await fillSignIn(page, who);
  await expect(page).not.toHaveURL(/\/sign-in/);
}

/** Fills in the form of sign-in where it is shown, and sends it. */
export async function fillSignIn(page: Page, who: Person): Promise<void> {
  await page.locator('#email').fill(emailOf(who));
  await page.locator('#password').fill(PASSWORD);
  await page.locator('#password').press('Enter');
}

/** Signs out by the account menu. */
export async function signOut(page: Page): Promise<void> {
  await page.locator('.menu-button').click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
}
