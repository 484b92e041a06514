// What every walk imports: `test` with a running desk, a role that is signed in, and a watch over the page.
import { test as base, expect, type Browser, type BrowserContextOptions } from '@playwright/test';
import { Desk } from './desk.ts';
import { signIn, type Role } from './people.ts';

type StorageState = Exclude<BrowserContextOptions['storageState'], string | undefined>;

// One session for each role and worker, made on first use.
class Sessions {
  private readonly made = new Map<Role, Promise<StorageState>>();

  constructor(
    private readonly desk: Desk,
    private readonly browser: Browser,
  ) {}

  of(role: Role): Promise<StorageState> {
    const known = this.made.get(role) ?? this.make(role);
    this.made.set(role, known);
    return known;
  }

  private async make(role: Role): Promise<StorageState> {
    const context = await this.browser.newContext({ baseURL: this.desk.url });
    try {
      const page = await context.newPage();
      await signIn(page, role);
      return await context.storageState();
    } finally {
      await context.close();
    }
  }
}

type ForEachTest = {
  /** Who is signed in when the walk begins: `test.use({ role: 'owner' })`. A stranger by default. */
  role: Role | 'stranger';
  watch: void;
};
type ForEachWorker = { desk: Desk; sessions: Sessions };

export const test = base.extend<ForEachTest, ForEachWorker>({
  desk: [
    async ({}, use) => {
      const desk = await Desk.open();
      await use(desk);
      await desk.close();
    },
    { scope: 'worker', timeout: 200_000 },
  ],
  sessions: [async ({ desk, browser }, use) => use(new Sessions(desk, browser)), { scope: 'worker' }],

  role: ['stranger', { option: true }],
  baseURL: async ({ desk }, use) => use(desk.url),
  storageState: async ({ role, sessions }, use) => use(role === 'stranger' ? undefined : await sessions.of(role)),

  // Every walk fails when its pages ask another origin, miss a file, break the policy or throw.
  watch: [
    async ({ context, desk }, use, info) => {
      const seen: string[] = [];
      context.on('request', (request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith('http') && url.origin !== desk.url) seen.push(`asked another origin: ${request.url()}`);
      });
      context.on('response', (response) => {
        const isPage = ['document', 'xhr', 'fetch'].includes(response.request().resourceType());
        if (!isPage && 400 <= response.status()) seen.push(`${response.status()} for ${response.url()}`);
      });
      context.on('weberror', (error) => seen.push(`script error: ${error.error()}`));
      context.on('console', (message) => {
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) seen.push(`console: ${message.text()}`);
      });
      await use();
      if (info.status !== info.expectedStatus) await info.attach('server.log', { body: desk.log(), contentType: 'text/plain' });
      expect(seen).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Declares the same walks twice: with page scripts and without. */
export function withAndWithoutScripts(walks: (scripts: boolean) => void): void {
  for (const scripts of [true, false]) {
    test.describe(scripts ? 'with scripts' : 'without scripts', () => {
      test.use({ javaScriptEnabled: scripts });
      walks(scripts);
    });
  }
}
