// What holds on every page that comes back with errors. Works with page scripts on and off.
import { expect, type Page } from '@playwright/test';

const SUMMARY = '#errors';
const BANNED = /\b(valid|invalid|please|sorry|oops|forbidden|required field)\b/i;

/** Checks title, focus, links, wording and wiring of a page that shows errors for exactly these fields (by id). */
export async function expectErrorsAt(page: Page, fields: string[]): Promise<void> {
  await expect(page).toHaveTitle(/^Error: /);
  const summary = page.locator(SUMMARY);
  await expect(summary).toBeFocused();

  const links = await summary.locator('a').evaluateAll((all) =>
    all.map((link) => ({ field: link.getAttribute('href')!.slice(1), text: link.textContent!.trim() })),
  );
  expect([...new Set(links.map((link) => link.field))]).toEqual(fields);
  expect(links.map((link) => link.text).filter((text) => BANNED.test(text))).toEqual([]);

  for (const { field, text } of links) await expectErrorWiring(page, field, text);
  await expectOnlyTheseAreWrong(page, fields);
  for (const field of fields) await expectLinkReaches(page, field);
}

// The parts of a date share one error.
const whole = (field: string): string => field.replace(/-(month|day|year)$/, '');
const errorOf = (field: string): string => `${whole(field)}-error`;

// The text beside the field is the text of the summary, and the field points at it.
async function expectErrorWiring(page: Page, field: string, text: string): Promise<void> {
  const said = await page.evaluate(({ field, error }) => {
    const element = document.getElementById(field);
    if (element === null) return null;
    // The errors of a group of boxes hang on its fieldset.
    const wired = [element, element.closest('fieldset')].map((one) => one?.getAttribute('aria-describedby') ?? '');
    const described = wired.join(' ').split(/\s+/);
    const beside = document.getElementById(error)?.textContent?.replace(/\s+/g, ' ').trim();
    return { described: described.includes(error), beside };
  }, { field, error: errorOf(field) });
  expect(said, `field #${field}`).not.toBeNull();
  expect(said!.described, `#${field} is described by #${errorOf(field)}`).toBe(true);
  expect(said!.beside).toContain(`Error: ${text}`);
}

async function expectOnlyTheseAreWrong(page: Page, fields: string[]): Promise<void> {
  const marked = await page.locator('[aria-invalid=true]').evaluateAll((all) => all.map((element) => element.id || element.getAttribute('name')));
  const strangers = marked.filter((id) => !fields.some((field) => id === field || id?.startsWith(`${whole(field)}-`)));
  expect(strangers, 'fields that are marked and not in the summary').toEqual([]);
  expect(marked.length).toBeGreaterThan(0);
}

// Following the link focuses the field with its label in sight.
async function expectLinkReaches(page: Page, field: string): Promise<void> {
  await page.locator(`${SUMMARY} a[href="#${field}"]`).first().click();
  await expect(page.locator(`[id="${field}"]`)).toBeFocused();
  const top = await page.evaluate((field) => {
    const element = document.getElementById(field) as HTMLInputElement;
    const label = element.labels?.[0] ?? element.closest('fieldset')?.querySelector('legend') ?? element;
    return label.getBoundingClientRect().top;
  }, field);
  expect(top, `top of the label of #${field}`).toBeGreaterThanOrEqual(0);
  expect(top, `top of the label of #${field}`).toBeLessThan(page.viewportSize()!.height);
}
