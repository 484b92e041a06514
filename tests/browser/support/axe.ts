// axe-core at WCAG 2.2 A and AA. It needs page scripts: with scripts off it never answers.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { SMALLEST, WIDE } from './screens.ts';

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** Runs axe on the page as it stands. Documents in frames are the browser's own viewer, not ours. */
export async function axeProblems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(LEVELS).setLegacyMode(true).exclude('iframe').analyze();
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`));
}

/** Runs axe wide in light and narrow in dark, without loading the page again, and lets the walk go on. */
export async function expectNoAxeProblems(page: Page): Promise<void> {
  const problems: string[] = [];
  // Colours do not change with the width nor the layout with the colours: two runs see what four would.
  for (const [viewport, colorScheme] of [[WIDE, 'light'], [SMALLEST, 'dark']] as const) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    const found = await axeProblems(page);
    problems.push(...found.map((problem) => `${viewport.width} px, ${colorScheme}: ${problem}`));
  }
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light' });
  expect.soft(problems, page.url()).toEqual([]);
}
