// Reads everything a person can get at by links, as it comes over the wire: pages, files and exports.
import { expect } from '@playwright/test';
import { kindOf } from './crawl.ts';
import { OURS, type Sender } from './posts.ts';

const MOST = 150;
const LINK = /<a\b[^>]*\bhref="(\/[^"#]*)/g;

/** Follows links from `start` to one address of each kind and hands back what each answered, by address. */
export async function readEverything(by: Sender, start: string[]): Promise<Map<string, string>> {
  const waiting = [...start];
  const kinds = new Set<string>();
  const read = new Map<string, string>();
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    // The addresses that are asked for are all read, also where two are of one kind.
    if (read.has(path) || (kinds.has(kindOf(path)) && !start.includes(path))) continue;
    kinds.add(kindOf(path));
    expect(kinds.size, 'kinds of addresses').toBeLessThan(MOST);
    const answer = await by.request.get(path, { headers: OURS });
    const body = (await answer.body()).toString('latin1');
    read.set(path, body);
    if (answer.headers()['content-type']?.startsWith('text/html')) {
      waiting.push(...[...body.matchAll(LINK)].map((link) => link[1]!.replaceAll(/&amp;|&#38;/g, '&')));
    }
  }
  return read;
}

/** The addresses whose answer holds a text. */
export const holding = (read: Map<string, string>, text: string): string[] => [...read].filter(([, body]) => body.includes(text)).map(([path]) => path);
