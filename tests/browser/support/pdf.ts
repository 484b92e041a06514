// The words of a page as it is printed: Chromium's PDF, read back.
import { inflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';

const OBJECT = /(\d+) 0 obj\s*([\s\S]*?)endobj/g;
const SHOWN = /\/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)> ?Tj|\[((?:<[0-9A-Fa-f]+>|[\s\d.-])*)\] ?TJ/g;

/** Prints the page and hands back its text without spaces: a PDF places letters and keeps no spaces. */
export async function printed(page: Page): Promise<string> {
  const { objects, words } = await paper(page);
  return [...objects.values()].filter((text) => /^<<[\s\S]*\bstream/.test(text)).map(words).join('');
}

/** The same of the last sheet alone. */
export async function lastSheet(page: Page): Promise<string> {
  const { objects, words } = await paper(page);
  const sheets = [...objects.values()].filter((text) => /\/Type \/Page\b/.test(text));
  return words(objects.get(/\/Contents (\d+) 0 R/.exec(sheets.at(-1)!)![1]!)!);
}

// The objects of the page's PDF, and what one of them writes.
async function paper(page: Page): Promise<{ objects: Map<string, string>; words: (object: string) => string }> {
  const pdf = (await page.pdf({ format: 'Letter', printBackground: false })).toString('latin1');
  const objects = new Map([...pdf.matchAll(OBJECT)].map(([, id, text]) => [id!, text!]));
  const fonts = new Map<string, Map<string, string>>();
  for (const [id, text] of objects) {
    const map = /\/ToUnicode (\d+) 0 R/.exec(text)?.[1];
    if (map !== undefined) fonts.set(`F${id}`, letters(stream(objects.get(map)!)));
  }
  return { objects, words: (object) => unspaced(shown(stream(object), fonts)) };
}

/** A text as `printed` gives it; letters that were drawn as one are two again. */
export const unspaced = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '');

// Compressed bytes may end like a line, so they are counted, not looked for.
function stream(object: string): string {
  const head = /^<<[\s\S]*?\/Length (\d+)[\s\S]*?>>\s*stream\r?\n/.exec(object);
  if (head === null) return '';
  const bytes = object.slice(head[0].length, head[0].length + Number(head[1]));
  return head[0].includes('/FlateDecode') ? inflateSync(Buffer.from(bytes, 'latin1')).toString('latin1') : bytes;
}

// Which letters each code of a font stands for.
function letters(map: string): Map<string, string> {
  const found = new Map<string, string>();
  const text = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [, block] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, code, to] of block!.matchAll(/<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>/g)) found.set(code!.toUpperCase(), text(to!));
  }
  for (const [, block] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from, until, to] of block!.matchAll(/<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})>/g)) {
      for (let at = parseInt(from!, 16); at <= parseInt(until!, 16); at += 1) {
        found.set(at.toString(16).toUpperCase().padStart(4, '0'), String.fromCharCode(parseInt(to!, 16) + at - parseInt(from!, 16)));
      }
    }
  }
  return found;
}

function shown(content: string, fonts: Map<string, Map<string, string>>): string {
  let font = new Map<string, string>();
  let words = '';
  for (const [, name, one, several] of content.matchAll(SHOWN)) {
    if (name !== undefined) font = fonts.get(name) ?? new Map();
    const codes = (one ?? [...(several ?? '').matchAll(/<([0-9A-Fa-f]+)>/g)].map((hex) => hex[1]).join('')).match(/.{4}/g) ?? [];
    words += codes.map((code) => font.get(code.toUpperCase()) ?? '').join('');
  }
  return words;
}
