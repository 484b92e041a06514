// The pages of the wizard, filled in as a customer does. Works with page scripts on and off.
import { postSignature } from './posts.ts';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { daysFromToday, type Day } from './dates.ts';

export const BILL = path.resolve(import.meta.dirname, '../../samples/docs/d90d567e.pdf');
export const BILL_NAME = path.basename(BILL);

let given = 0;

/** Ten digits that no request of this desk holds: claims are exclusive, and each worker has a desk of its own. */
export function freeNumber(areaCode = '585'): string {
  given += 1;
  return `${areaCode}730${String(1000 + given)}`;
}

/** "(585) 730-1001". */
export const shown = (number: string): string => `(${number.slice(0, 3)}) ${number.slice(3, 6)}-${number.slice(6)}`;

/** Starts a draft and returns its SID; the page shows the terms. */
export async function startDraft(page: Page): Promise<string> {
  await page.goto('/port-requests/new');
  const place = await page.locator('#location option', { hasText: 'New York' }).getAttribute('value');
  await page.locator('#location').selectOption(place);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page).toHaveURL(/\/port-requests\/PR-[^/]+\/terms/);
  return /PR-[^/]+/.exec(page.url())![0];
}

export async function agreeToTerms(page: Page): Promise<void> {
  for (const term of ['rates', 'keep_active', 'texts', 'termination']) await page.locator(`#${term}`).check();
  await page.getByRole('button', { name: 'Agree and continue' }).click();
  await expect(page).toHaveURL(/\/numbers/);
}

export async function fillAccount(page: Page, name: string): Promise<void> {
  await page.locator('#name').fill(name);
  await page.locator('#losing_carrier').fill('Verizon');
  await page.locator('#account_number').fill('942561837-00471B');
  await page.locator('#scope').check();
}

export async function fillContact(page: Page): Promise<void> {
  await page.locator('#account_type-business').check();
  await page.locator('#business_name').fill('Northgate Dental, LLC');
  await page.locator('#contact_name').fill('Dana Ruiz');
  await page.locator('#authorized_email').fill('dana@northgate.example');
  await page.locator('#street').fill('350 Old Post Road');
  await page.locator('#city').fill('New York');
  await page.locator('#state').selectOption('NY');
  await page.locator('#postal_code').fill('10001');
}

/** Chooses files; where no script sends them at once, the button does. */
export async function upload(page: Page, scripts: boolean, files: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0]): Promise<void> {
  await page.locator('#file').setInputFiles(files);
  if (!scripts) await page.getByRole('button', { name: 'Upload', exact: true }).click();
}

export async function fillDate(page: Page, prefix: string, day: Day): Promise<void> {
  for (const part of ['month', 'day', 'year'] as const) await page.locator(`#${prefix}-${part}`).fill(day[part]);
}

export const goOn = (page: Page): Promise<void> => page.getByRole('button', { name: 'Save and continue' }).click();

/** A draft that is filled up to the page of the bill; returns its SID. */
export async function draftAtBill(page: Page, name: string, numbers: string[] = [freeNumber()]): Promise<string> {
  const sid = await startDraft(page);
  await agreeToTerms(page);
  await fillAccount(page, name);
  await page.locator('#landline').fill(numbers.join('\n'));
  await goOn(page);
  await expect(page).toHaveURL(/\/contact/);
  await fillContact(page);
  await goOn(page);
  await expect(page).toHaveURL(/\/bill/);
  return sid;
}

/** Fills in the page of the bill with scripts on and goes on to the last page. */
export async function fillBill(page: Page, scripts: boolean): Promise<void> {
  await page.locator('#proof').check();
  await upload(page, scripts, BILL);
  await expect(page.locator('#files .name')).toHaveText(BILL_NAME);
  await fillDate(page, 'bill', daysFromToday(-10));
  await goOn(page);
  await expect(page).toHaveURL(/\/check/);
}

/** Sends the request from the last page of the wizard. */
export async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Accept and send' }).click();
  await expect(page.locator('.big-sid .sid')).toBeVisible();
}

/** A request that the desk has to look at; returns its SID. */
export async function sentRequest(page: Page, name: string): Promise<string> {
  const sid = await draftAtBill(page, name);
  await fillBill(page, true);
  await send(page);
  await postSignature(page, sid);
  return sid;
}
