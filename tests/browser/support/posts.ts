// Requests made by plain posts, for walks about what comes behind the wizard: the same forms without drawing each page.
import { readFile } from 'node:fs/promises';
import { expect, type APIRequestContext, type Browser, type Page } from '@playwright/test';
import { daysFromToday, type Day } from './dates.ts';
import type { Desk } from './desk.ts';
import { emailOf, PASSWORD, type Person } from './people.ts';
import { BILL, BILL_NAME, freeNumber } from './wizard.ts';

/** What browsers say about a form of our own page. */
export const OURS = { 'Sec-Fetch-Site': 'same-origin' };

export const TERMS = { rates: 'yes', keep_active: 'yes', texts: 'yes', termination: 'yes', wording: 'keep_active:1 rates:1 rates_details:1 termination:1 texts:1' };

export const CONTACT = {
  account_type: 'business',
  business_name: 'Northgate Dental, LLC',
  contact_name: 'Dana Ruiz',
  authorized_email: 'dana@northgate.example',
  street: '350 Old Post Road',
  unit: '',
  city: 'New York',
  state: 'NY',
  postal_code: '10001',
};

export const account = (name: string, landline: string): Record<string, string> => ({
  name,
  losing_carrier: 'Verizon',
  account_number: '942561837-00471B',
  account_pin: '',
  landline,
  scope: 'all',
});

/** Who sends posts: a page's own context, with its session. */
export type Sender = { request: APIRequestContext };

/** Posts a form and hands back where it leads. */
export async function post(by: Sender, path: string, form: Record<string, string>): Promise<string> {
  const answer = await by.request.post(path, { headers: OURS, form, maxRedirects: 0 });
  expect(answer.status(), `${path}: ${answer.status() === 303 ? '' : await answer.text()}`).toBe(303);
  return answer.headers()['location']!;
}

/** A draft at the location in New York, or the only one, with nothing in it; returns its SID. */
export async function postDraft(by: Sender): Promise<string> {
  const start = await (await by.request.get('/port-requests/new')).text();
  const token = /name="token" value="([^"]+)"/.exec(start)![1]!;
  // Whoever has one location is not asked.
  const [, place] = (/<option value="([^"]+)"[^>]*>[^<]*New York/.exec(start) ?? /name="location" value="([^"]+)"/.exec(start))!;
  return /PR-[^/]+/.exec(await post(by, '/port-requests/new', { token, location: place! }))![0];
}

type Answers = { name: string; landline?: string; more?: Record<string, string>; contact?: Record<string, string> };

/** A draft that is filled up to the page of the bill; returns its SID. */
export async function postedDraft(by: Sender, { name, landline = freeNumber(), more = {}, contact = {} }: Answers): Promise<string> {
  const sid = await postDraft(by);
  const at = `/port-requests/${sid}`;
  expect(await post(by, `${at}/terms`, TERMS)).toBe(`${at}/numbers`);
  expect(await post(by, `${at}/numbers`, { ...account(name, landline), ...more })).toBe(`${at}/contact`);
  expect(await post(by, `${at}/contact`, { ...CONTACT, ...contact })).toBe(`${at}/bill`);
  return sid;
}

/** Gives a draft its bill; it leads to the last page. */
export async function postBill(by: Sender, sid: string, day: Day = daysFromToday(-10)): Promise<void> {
  const path = `/port-requests/${sid}/bill`;
  const file = { name: BILL_NAME, mimeType: 'application/pdf', buffer: await readFile(BILL) };
  const date = { 'bill-month': day.month, 'bill-day': day.day, 'bill-year': day.year };
  const answer = await by.request.post(path, { headers: OURS, multipart: { proof: 'bill', ...date, file }, maxRedirects: 0 });
  expect(answer.headers()['location']).toBe(`/port-requests/${sid}/check`);
}

/** A request whose signer has been asked by mail; returns its SID. */
export async function postedUnsigned(by: Sender, answers: Answers): Promise<string> {
  const sid = await postedDraft(by, answers);
  await postBill(by, sid);
  expect(await post(by, `/port-requests/${sid}/check`, {})).toBe(`/port-requests/${sid}/confirmation`);
  return sid;
}

/** A request that the desk has to look at; returns its SID. */
export async function postedRequest(by: Sender, answers: Answers): Promise<string> {
  const sid = await postedUnsigned(by, answers);
  await postSignature(by, sid);
  return sid;
}

/** Signs the letter of a request, as whoever sent it. */
export async function postSignature(by: Sender, sid: string): Promise<void> {
  const at = await post(by, `/port-requests/${sid}/loa/signer`, { who: 'me', signer_title: 'Office manager' });
  const page = async (): Promise<string> => (await by.request.get(at)).text();
  const version = /name="version" value="(\d+)"/.exec(await page())![1]!;
  await post(by, `${at}/consent`, { version, consent: 'yes' });
  const letter = await page();
  const hash = /name="content_hash" value="([0-9a-f]+)"/.exec(letter)![1]!;
  const name = /Exactly: ([^<]+)</.exec(letter)![1]!.trim();
  const boxes = { statement_1: 'yes', statement_2: 'yes', statement_3: 'yes' };
  await post(by, `${at}/signature`, { content_hash: hash, ...boxes, method: 'type', typed_name: name });
}

/** Sends a request to its carrier, as a reviewer. */
export async function postToCarrier(by: Sender, sid: string): Promise<void> {
  const path = `/desk/port-requests/${sid}/submission`;
  await post(by, path, { version: await versionAt(by, path), 'order-number': '' });
}

/** The version that a page's form carries. */
export async function versionAt(by: Sender, path: string): Promise<string> {
  const page = await (await by.request.get(path)).text();
  return /name="version" value="(\d+)"/.exec(page)![1]!;
}

/** A page of somebody else, in a session of its own; close its context at the end. */
export async function pageOf(browser: Browser, desk: Desk, who: Person | 'stranger'): Promise<Page> {
  // Without this a new context would begin with the session of the walk's own role.
  const context = await browser.newContext({ baseURL: desk.url, storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  if (who !== 'stranger') await post(page, '/sign-in', { email: emailOf(who), password: PASSWORD });
  return page;
}
