// What holds on every page: one heading, names, sizes, widths, focus. Works with page scripts on and off.
import { expect, type Page } from '@playwright/test';
import { contrasts } from './contrast.ts';
import { PHONE, SMALLEST, WIDE } from './screens.ts';

/** Most Tab stops followed on one page; the rest of a long table repeats its first rows. */
const STOPS = 45;

/** Checks everything below on the page as it stands, tells all that is wrong at once, and lets the walk go on. */
export async function expectSoundShell(page: Page): Promise<void> {
  await page.setViewportSize(WIDE);
  const problems = [
    ...(await structure(page)),
    ...(await forms(page)),
    ...(await hitBoxes(page)),
    ...(await contrasts(page)),
    ...(await skipLink(page)),
    ...(await focusStops(page)),
    ...(await forcedColours(page)),
    ...(await motion(page)),
    ...(await narrow(page)),
    ...(await largeText(page)),
  ];
  await page.setViewportSize(WIDE);
  expect.soft(problems, page.url()).toEqual([]);
}

/** One h1, a title, a language, one main. */
async function structure(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const count = (selector: string) => document.querySelectorAll(selector).length;
    if (count('h1') !== 1) problems.push(`${count('h1')} h1 elements`);
    if (count('main') !== 1) problems.push(`${count('main')} main elements`);
    if (document.title.trim() === '') problems.push('no title');
    if (document.documentElement.lang === '') problems.push('no lang');
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
    if (0 < twice.length) problems.push(`ids used twice: ${twice.join(', ')}`);
    return problems;
  });
}

/** Forms leave the checking to the server, and every field has a name from a label or legend. */
async function forms(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const tell = (what: string, elements: Iterable<Element>) => {
      for (const element of elements) problems.push(`${what}: ${(element.cloneNode(false) as Element).outerHTML}`);
    };
    tell('form without novalidate', document.querySelectorAll('form:not([novalidate])'));
    tell('required', document.querySelectorAll('[required]'));
    tell('type=number', document.querySelectorAll('[type=number]'));
    tell('placeholder', document.querySelectorAll('[placeholder]'));
    tell('disabled submit', document.querySelectorAll('button[disabled], input[type=submit][disabled]'));
    const fields = [...document.querySelectorAll<HTMLInputElement>('input:not([type=hidden], [type=submit], .vh), select, textarea')];
    const nameless = fields.filter((field) => {
      const label = [...(field.labels ?? [])].map((label) => label.textContent).join('').trim();
      return field.checkVisibility() && label === '' && !field.getAttribute('aria-labelledby');
    });
    tell('field without label', nameless);
    return problems;
  });
}

/** Everything to press is at least 24 px each way; buttons that carry a form forward are 44 px high. */
async function hitBoxes(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const isHidden = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return !element.checkVisibility({ visibilityProperty: true }) || (width <= 1 && height <= 1) || element.closest('.vh, .skip, .trap') !== null;
    };
    const inSentence = (link: Element) => {
      const around = link.parentElement;
      return getComputedStyle(link).display === 'inline' && around !== null && around.textContent!.trim() !== link.textContent!.trim();
    };
    const boxes = (element: Element) => {
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
      return [element, ...labels].map((one) => one.getBoundingClientRect());
    };
    for (const element of document.querySelectorAll('a[href], button, summary, input[type=checkbox], input[type=radio], input[type=submit]')) {
      if (isHidden(element) || (element.matches('a') && inSentence(element))) continue;
      const all = boxes(element);
      const width = Math.max(...all.map((box) => box.right)) - Math.min(...all.map((box) => box.left));
      const height = Math.max(...all.map((box) => box.bottom)) - Math.min(...all.map((box) => box.top));
      const name = (element.textContent || element.getAttribute('name') || '').trim();
      if (width < 23.99 || height < 23.99) problems.push(`${element.tagName} "${name}" is ${width.toFixed(1)} by ${height.toFixed(1)} px`);
      const isPrimary = element.matches('main .btn:not(.small)');
      if (isPrimary && height < 43.99) problems.push(`primary button "${name}" is ${height.toFixed(1)} px high`);
    }
    return problems;
  });
}

/** The first Tab stop is the skip link, and it moves the focus to main. */
async function skipLink(page: Page): Promise<string[]> {
  await focusStart(page);
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement?.getAttribute('href'));
  if (first !== '#main') return [`the first Tab stop leads to ${first}, not to #main`];
  await page.keyboard.press('Enter');
  const focused = await page.evaluate(() => document.activeElement?.tagName);
  return focused === 'MAIN' ? [] : [`the skip link moves the focus to ${focused}, not to MAIN`];
}

/** Every Tab stop shows an outline of 3 px or more and is not covered. */
async function focusStops(page: Page): Promise<string[]> {
  const problems = new Set<string>();
  await focusStart(page);
  for (let stop = 0; stop < STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body || element.tagName === 'IFRAME') return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [box.left + box.width * x, box.top + box.height * y] as const));
      const isSeen = points.some(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top !== null && (element.contains(top) || top.contains(element));
      });
      const name = `${element.tagName} "${(element.textContent || element.id).trim().slice(0, 40)}"`;
      return { name, isSeen, hasOutline: outlineStyle !== 'none' && 3 <= parseFloat(outlineWidth) };
    });
    if (seen === null) break;
    if (!seen.hasOutline) problems.add(`no outline of 3 px on ${seen.name}`);
    if (!seen.isSeen) problems.add(`covered while it has the focus: ${seen.name}`);
  }
  // Past a document's frame Tab may come round to the skip link, which would go on covering the head of the page.
  await focusStart(page);
  return [...problems];
}

/** With forced colours, tags and controls keep a border. */
async function forcedColours(page: Page): Promise<string[]> {
  await page.emulateMedia({ forcedColors: 'active' });
  const problems = await page.evaluate(() =>
    [...document.querySelectorAll('input:not([type=checkbox], [type=radio], [type=file], [type=hidden], .vh), select, textarea, .tag')]
      .filter((element) => element.checkVisibility())
      .filter((element) => getComputedStyle(element).borderTopStyle === 'none' || parseFloat(getComputedStyle(element).borderTopWidth) < 1)
      .map((element) => `no border with forced colours: ${element.tagName} ${element.id || element.className}`),
  );
  await page.emulateMedia({ forcedColors: 'none' });
  return problems;
}

/** Whoever asks for less motion gets none. */
async function motion(page: Page): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const problems = await page.evaluate(() => {
    const isMoving = (times: string) => times.split(',').some((time) => 0 < parseFloat(time));
    return [...document.querySelectorAll('*')]
      .filter((element) => isMoving(getComputedStyle(element).transitionDuration) || isMoving(getComputedStyle(element).animationDuration))
      .map((element) => `moves although less motion is asked for: ${element.tagName}.${element.className}`)
      .slice(0, 5);
  });
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  return problems;
}

/** At 320 px nothing is wider than the window, also with the wide text spacing that some readers set. */
async function narrow(page: Page): Promise<string[]> {
  await page.setViewportSize(SMALLEST);
  const asSent = await tooWide(page, 'at 320 px');
  // WCAG 1.4.12; set by hand on the elements, because a style element would break the content policy.
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      element.style.setProperty('line-height', '1.5', 'important');
      element.style.setProperty('letter-spacing', '0.12em', 'important');
      element.style.setProperty('word-spacing', '0.16em', 'important');
      if (element.tagName === 'P') element.style.setProperty('margin-bottom', '2em', 'important');
    }
  });
  const spaced = [...(await tooWide(page, 'at 320 px with wide text spacing')), ...(await hiddenText(page))];
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      for (const property of ['line-height', 'letter-spacing', 'word-spacing', 'margin-bottom']) element.style.removeProperty(property);
    }
  });
  return [...asSent, ...spaced];
}

/** With text of twice the size nothing is wider than a telephone, and the skip link lies over nothing before it is asked for. */
async function largeText(page: Page): Promise<string[]> {
  const problems: string[] = [];
  const resize = (size: string) => page.evaluate((size) => void (document.documentElement.style.fontSize = size), size);
  await resize('200%');
  for (const viewport of [SMALLEST, PHONE]) {
    await page.setViewportSize(viewport);
    problems.push(...(await tooWide(page, `at ${viewport.width} px with text of twice the size`)));
  }
  const skip = await page.locator('.skip').boundingBox();
  if (skip !== null && 1 < skip.width) problems.push(`the skip link is ${skip.width} px wide without the focus`);
  await resize('');
  return problems;
}

async function tooWide(page: Page, when: string): Promise<string[]> {
  return page.evaluate((when) => {
    const width = document.documentElement.scrollWidth;
    if (width <= innerWidth) return [];
    const outermost = [...document.querySelectorAll('body *')].filter((element) => innerWidth < element.getBoundingClientRect().right).slice(0, 3);
    return [`${when} the page is ${width} px wide: ${outermost.map((element) => `${element.tagName}.${element.className}`).join(', ')}`];
  }, when);
}

/** With wide text spacing no text is cut off by its box or lies on other text. */
async function hiddenText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Line = { box: { left: number; right: number; top: number; bottom: number }; text: string; element: Element };
    const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true }) && element.closest('.vh, .skip, .trap, option, [popover], thead') === null;
    const lines: Line[] = [];
    const cut: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const element = node.parentElement!;
      if (node.textContent!.trim() === '' || !isShown(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, right, top, bottom } of range.getClientRects()) if (1 < right - left) lines.push({ box: { left, right, top, bottom }, text: node.textContent!.trim().slice(0, 40), element });
    }
    for (const { box, text, element } of lines) {
      for (let around: Element | null = element; around !== null && around !== document.body; around = around.parentElement) {
        if (getComputedStyle(around).overflow === 'visible' || around.matches('.scroll')) continue;
        const edge = around.getBoundingClientRect();
        if (box.left < edge.left - 1 || edge.right + 1 < box.right || box.top < edge.top - 1 || edge.bottom + 1 < box.bottom) cut.push(`cut off with wide text spacing: "${text}"`);
      }
    }
    const covered: string[] = [];
    for (const [at, one] of lines.entries()) {
      for (const other of lines.slice(at + 1)) {
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (2 < across && 4 < down) covered.push(`on one another with wide text spacing: "${one.text}" and "${other.text}"`);
      }
    }
    return [...new Set([...cut, ...covered])].slice(0, 5);
  });
}

// Puts the start of Tab before the first element, also where the page itself moved the focus.
async function focusStart(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    scrollTo(0, 0);
  });
}
