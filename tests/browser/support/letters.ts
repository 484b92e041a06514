// The e-mails of the desk under test: the demo writes each one to a file.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from '@playwright/test';
import type { Desk } from './desk.ts';

/** The e-mails that name a request, as the mail server would get them, decoded. */
export async function lettersAbout(desk: Desk, sid: string): Promise<string[]> {
  const folder = path.join(desk.dataFolder, 'mail');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  const letters = await Promise.all(names.map(async (name) => decoded(await readFile(path.join(folder, name), 'latin1'))));
  return letters.filter((letter) => letter.includes(sid));
}

/** Waits until so many e-mails about a request were sent, and hands them back. */
export async function expectLetters(desk: Desk, sid: string, count: number): Promise<string[]> {
  await expect.poll(async () => (await lettersAbout(desk, sid)).length).toBe(count);
  return lettersAbout(desk, sid);
}

/** What the newest emails to an address say, once one of them says it. */
export async function told(desk: Desk, to: string, what: RegExp): Promise<RegExpExecArray> {
  let found: RegExpExecArray | null = null;
  const look = async () => {
    const letters = (await lettersAbout(desk, to)).reverse();
    found = letters.map((letter) => what.exec(letter)).find(Boolean) ?? null;
    return found !== null;
  };
  await expect.poll(look).toBe(true);
  return found!;
}

// Headers and parts are quoted-printable UTF-8; folded lines are joined.
function decoded(raw: string): string {
  const bytes = raw.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replace(/\r?\n[ \t]+/g, ' ');
}
