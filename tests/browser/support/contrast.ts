// How far text, borders of controls and tags stand out from what is behind them, in light and dark.
import type { Page } from '@playwright/test';

/** Text stands out 4.5:1 from its ground, borders of controls and tags 3:1 from what is around them. */
export async function contrasts(page: Page): Promise<string[]> {
  const problems: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const found = await page.evaluate(() => {
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 1;
      const brush = canvas.getContext('2d', { willReadFrequently: true })!;
      // Colours are painted over one another, so that any notation and any transparency comes out as three numbers.
      const painted = new Map<string, number[]>();
      const paint = (colours: string[]) => {
        const known = painted.get(colours.join());
        if (known !== undefined) return known;
        brush.clearRect(0, 0, 1, 1);
        for (const colour of colours) {
          brush.fillStyle = colour;
          brush.fillRect(0, 0, 1, 1);
        }
        const rgb = [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
        painted.set(colours.join(), rgb);
        return rgb;
      };
      const luminance = (rgb: number[]) => {
        const [r, g, b] = rgb.map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
      };
      const grounds = (element: Element | null): string[] =>
        element === null ? ['Canvas'] : [...grounds(element.parentElement), getComputedStyle(element).backgroundColor];
      const ratio = (around: string[], colour: string) => {
        const [low, high] = [luminance(paint(around)), luminance(paint([...around, colour]))].sort((a, b) => a - b);
        return (high! + 0.05) / (low! + 0.05);
      };
      const wrong = new Set<string>();
      const told = (element: Element) => `${element.tagName} ${element.id || element.className}`;

      const controls = 'input:not([type=checkbox], [type=radio], [type=file], [type=hidden], [type=submit], .vh), select, textarea, .tag';
      for (const element of document.querySelectorAll(controls)) {
        if (!element.checkVisibility()) continue;
        const found = ratio(grounds(element.parentElement), getComputedStyle(element).borderTopColor);
        if (found < 3) wrong.add(`border of ${told(element)} has contrast ${found.toFixed(2)}`);
      }
      const hasText = (element: Element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== '');
      for (const element of document.querySelectorAll('body *')) {
        if (!element.checkVisibility() || !(hasText(element) || element.matches('input, textarea')) || element.closest('.vh, option, datalist') !== null) continue;
        const found = ratio(grounds(element), getComputedStyle(element).color);
        if (found < 4.5) wrong.add(`text of ${told(element)} has contrast ${found.toFixed(2)}`);
      }
      return [...wrong].slice(0, 5);
    });
    problems.push(...found.map((problem) => `${colorScheme}: ${problem}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return problems;
}
