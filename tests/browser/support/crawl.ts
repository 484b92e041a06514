// Finds the pages a person can reach by links, one of each kind.
import { expect, type Page } from '@playwright/test';

/** HTML of one page, in bytes: the budget of a list of 25 rows, and no page is heavier. */
const PAGE_BUDGET = 60 * 1024;
/** A crawl that finds more kinds of pages than this has got lost. */
const MOST_PAGES = 120;

/**
 * Follows links from `start` and calls `visit` on each new kind of page.
 * Two addresses are of one kind when they differ only in references, ids, counts or the query.
 */
export async function crawl(page: Page, start: string[], visit: (path: string) => Promise<void>): Promise<string[]> {
  const waiting = [...start];
  const kinds = new Map<string, string>();
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (kinds.has(kindOf(path))) continue;
    kinds.set(kindOf(path), path);
    expect(kinds.size, 'kinds of pages').toBeLessThan(MOST_PAGES);

    // Asked first without showing it: a download or a picture is no page.
    const response = await page.request.get(path, { headers: { 'Sec-Fetch-Site': 'same-origin' } });
    expect(response.status(), path).toBeLessThan(400);
    if (!response.headers()['content-type']?.startsWith('text/html')) continue;
    expect((await response.body()).length, `bytes of ${path}`).toBeLessThanOrEqual(PAGE_BUDGET);

    await page.goto(path);
    await visit(path);
    const links = await page.locator('a[href]:not([download])').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    const here = new URL(page.url());
    waiting.push(...links.map((link) => new URL(link)).filter((link) => link.origin === here.origin).map((link) => link.pathname + link.search));
  }
  return [...kinds.keys()];
}

/** The address with everything that names one particular thing taken out. */
export function kindOf(path: string): string {
  const { pathname, searchParams } = new URL(path, 'http://desk.test');
  const steps = pathname.split('/').map((step) => (isReference(step) ? '*' : step));
  return steps.join('/') + (searchParams.has('check') ? '?check' : '');
}

// Words of an address are lower-case letters and hyphens; whatever holds a digit or a capital names a thing.
const isReference = (step: string): boolean => /[0-9A-Z_]/.test(step);
