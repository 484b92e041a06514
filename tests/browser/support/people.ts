// The demo's people and how they sign in.
import { expect, type Page } from '@playwright/test';

export const ROLES = ['owner', 'manager', 'reviewer', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const PASSWORD = 'portdesk-demo';
export const emailOf = (role: Role): string => `${role}@demo.test`;

/** Where each role lands after signing in. */
export const HOME: Record<Role, string> = { owner: '/port-requests', manager: '/port-requests', reviewer: '/desk', admin: '/desk' };

/** Signs in by the form, in a session of this page's own: use it where the walk signs out or changes the session. */
export async function signIn(page: Page, role: Role): Promise<void> {
  await page.goto('/sign-in');
  await page.locator('#email').fill(emailOf(role));
  await page.locator('#password').fill(PASSWORD);
  await page.locator('#password').press('Enter');
  await expect(page).not.toHaveURL(/\/sign-in/);
}

/** Signs out by the account menu. */
export async function signOut(page: Page): Promise<void> {
  await page.locator('.menu-button').click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
}
