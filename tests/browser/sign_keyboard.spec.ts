// From the email to the signed letter with nothing but a keyboard, and what a screen reader is told on the way.
import type { Locator, Page } from '@playwright/test';
import { told } from './support/letters.ts';
import { pageOf, postedUnsigned } from './support/posts.ts';
import { PHONE, WIDE } from './support/screens.ts';
import { expect, test, withAndWithoutScripts } from './support/test.ts';

/** A page has fewer stops than this. */
const MOST_STOPS = 40;

/** What a screen reader says at the stop that has the focus: role and name. */
async function stop(page: Page): Promise<string> {
  const focused = page.locator(':focus');
  await expect(focused).toBeInViewport({ ratio: 0.95 });
  const seen = await focused.evaluate((element) => {
    const box = element.getBoundingClientRect();
    const hit = document.elementFromPoint(box.x + Math.min(box.width / 2, 40), box.y + box.height / 2);
    const style = getComputedStyle(element);
    const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
    return { bare: hit !== null && (element.contains(hit) || hit.contains(element)), ring, shown: element.matches(':focus-visible') };
  });
  // The head of what unfolds is told as its text.
  const said = (await focused.ariaSnapshot()).split('\n')[0]!.replace(/^- /, '').replace(/^text: (.+)$/, 'summary "$1"');
  expect(seen, `${said} shows that it has the focus`).toEqual({ bare: true, ring: true, shown: true });
  expect(said, 'every stop has a name').toMatch(/^[a-z]+ "[^"]+"/);
  return /^[a-z]+ "[^"]+"/.exec(said)![0];
}

/** Presses Tab until a control has the focus, and hands back what was said at every stop. */
async function tabTo(page: Page, control: Locator): Promise<string[]> {
  const stops: string[] = [];
  while (stops.length < MOST_STOPS) {
    await page.keyboard.press('Tab');
    stops.push(await stop(page));
    if (await control.evaluate((element) => element === document.activeElement)) return stops;
  }
  throw new Error(`the focus never came there: ${stops.join(', ')}`);
}

/** The page said what is wrong: an alert, which has the focus and leads to each field. */
async function expectAlert(page: Page, lines: string[]): Promise<void> {
  const alert = page.getByRole('alert');
  await expect(alert).toHaveAccessibleName(lines.length === 1 ? 'There is a problem' : `There are ${lines.length} problems`);
  await expect(alert).toBeFocused();
  await expect(alert).toBeInViewport();
  await expect(alert.getByRole('link')).toHaveText(lines);
}

/** Headings and controls in the order in which they are read. */
async function outline(page: Page, roles: string): Promise<string[]> {
  const tree = await page.locator('main').ariaSnapshot();
  const nameless = tree.split('\n').filter((line) => /^\s*- '?(button|link|checkbox|radio|textbox|region|img)(:|$| \[)/.test(line));
  expect(nameless, 'everything has a name').toEqual([]);
  const line = new RegExp(`^\\s*- '?(?:${roles}) "([^"]+)"`);
  return tree.split('\n').flatMap((text) => line.exec(text)?.[1] ?? []);
}

for (const [width, viewport] of [[1280, WIDE], [360, PHONE]] as const) {
  withAndWithoutScripts((scripts) => {
    test.use({ viewport });

    test(`a letter is signed by keyboard alone at ${width} pixels`, async ({ page, browser, desk }) => {
      const email = `keys-${width}-${scripts ? 'with' : 'without'}@northgate.example`;
      const owner = await pageOf(browser, desk, 'owner');
      const first = (width === 360 ? 4 : 5) * 1000 + (scripts ? 0 : 100);
      const numbers = Array.from({ length: 14 }, (_, at) => `212-556-${first + at}`).join('\n');
      await postedUnsigned(owner, { name: 'By keyboard', landline: numbers, contact: { authorized_email: email } });
      await owner.context().close();
      const button = (name: string): Locator => page.getByRole('button', { name, exact: true });

      await page.goto((await told(desk, email, /(\/sign\/[\w-]{43})\b/))[1]!);
      const landing = await tabTo(page, button('Open the letter'));
      expect(landing[0]).toBe('link "Skip to main content"');
      await page.keyboard.press('Enter');
      await expect(button('Send the code')).toBeVisible();

      await tabTo(page, button('Send the code'));
      await page.keyboard.press('Space');
      const code = page.getByLabel('Code from the email');
      await expect(code).toBeVisible();
      await tabTo(page, code);
      await page.keyboard.type('12');
      await page.keyboard.press('Enter');
      await expectAlert(page, ['Enter the 6 digits from the email']);
      await page.keyboard.press('Tab');
      expect(await stop(page)).toBe('link "Enter the 6 digits from the email"');
      await page.keyboard.press('Enter');
      await expect(code).toBeFocused();
      await expect(code).toHaveAttribute('aria-invalid', 'true');
      await expect(code).toHaveAccessibleDescription(/^Error: Enter the 6 digits from the email 6 digits\./);
      const [, left, right] = await told(desk, email, /\b(\d{3}) (\d{3})\b(?=[\s\S]*10 minutes)/);
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type(`${left}${right}`);
      await page.keyboard.press('Enter');

      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Agree to sign electronically');
      await tabTo(page, page.getByRole('checkbox', { name: 'I agree to sign this letter electronically' }));
      await page.keyboard.press('Space');
      await tabTo(page, button('Agree and read the letter'));
      await page.keyboard.press('Enter');

      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Read and sign the letter');
      await expectLetterTree(page, scripts);
      await signByKeys(page, scripts);
      await expect(page.getByRole('heading', { level: 1 })).toContainText('Letter signed');
      const copies = await tabTo(page, page.getByRole('link', { name: /certificate/i }).first());
      expect(copies.some((said) => /signed letter/i.test(said)), copies.join(', ')).toBe(true);
    });
  });
}

const SIGN = 'Sign and authorize the move of 14 numbers';
const STATEMENTS = [/authori[sz]e/, /numbers/, /agent|act|authori[sz]/];

/** What a screen reader finds on the page of the letter: first the letter, then the form, and all of it named. */
async function expectLetterTree(page: Page, scripts: boolean): Promise<void> {
  const headings = await outline(page, 'heading');
  expect(headings[0]).toBe('Read and sign the letter');
  expect(headings[1]).toContain('Letter of Authorization');
  expect(headings.slice(-3)).toEqual(['Statements', 'Who signs', 'Sign']);
  const drawn = scripts ? ['Draw it'] : [];
  expect(await outline(page, 'radio')).toEqual([...drawn, 'Type my name']);
  expect(await outline(page, 'button')).toEqual([...(scripts ? ['Clear the drawing'] : []), SIGN]);
  const boxes = await outline(page, 'checkbox');
  expect(boxes).toHaveLength(STATEMENTS.length);
  STATEMENTS.forEach((words, at) => expect(boxes[at]).toMatch(words));
  await expect(page.getByRole('group', { name: 'Confirm each of these' }).getByRole('checkbox')).toHaveCount(3);
  await expect(page.getByRole('group', { name: 'Your signature' })).toHaveAccessibleDescription('Drawn or typed, it counts the same.');
  expect((await outline(page, 'link')).slice(0, 3)).toEqual(['Download it as PDF', 'Something is wrong in this letter', 'I am not the right person']);
}

/** Signs the letter by typing, after a first try without anything. */
async function signByKeys(page: Page, scripts: boolean): Promise<void> {
  const sign = page.getByRole('button', { name: SIGN });
  const stops = await tabTo(page, sign);
  const roles = stops.slice(stops.indexOf('link "Download it as PDF"')).map((said) => said.split(' ')[0]);
  const signature = scripts ? ['radio', 'button'] : ['radio', 'textbox'];
  expect(roles, stops.join(', ')).toEqual(['link', 'summary', 'link', 'link', 'checkbox', 'checkbox', 'checkbox', ...signature, 'button']);
  await page.keyboard.press('Enter');
  const tick = ['Tick the box to confirm you can authorize this move', 'Tick the box to confirm that the numbers are yours to move', 'Tick the box to name the company that acts for you'];
  await expectAlert(page, [...tick, scripts ? 'Draw your signature' : 'Type your name to sign']);
  // The line of the alert leads to the box, and from there everything is one Tab away.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const boxes = page.getByRole('checkbox');
  for (const at of [0, 1, 2]) {
    const box = boxes.nth(at);
    await expect(box).toBeFocused();
    await expect(box).toHaveAccessibleDescription(new RegExp(tick[at]!));
    await page.keyboard.press('Space');
    await expect(box).toBeChecked();
    await page.keyboard.press('Tab');
  }
  if (scripts) {
    await expect(page.getByRole('radio', { name: 'Draw it' })).toBeFocused();
    await page.keyboard.press('ArrowDown');
  }
  await expect(page.getByRole('radio', { name: 'Type my name' })).toBeFocused();
  await expect(page.getByRole('radio', { name: 'Type my name' })).toBeChecked();
  const name = page.getByLabel('Type your full name to sign');
  await tabTo(page, name);
  await expect(name).toHaveAccessibleDescription(/Exactly: Dana Ruiz/);
  await page.keyboard.type('Dana Ruiz');
  expect(await tabTo(page, sign)).toEqual([`button "${SIGN}"`]);
  await page.keyboard.press('Space');
}
