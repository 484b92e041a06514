// Files: each refusal names its file and its own reason, a drop is as good as a choice, and nobody else gets a document.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pageOf, post, postDraft, postedRequest, TERMS } from './support/posts.ts';
import { expect, test, withAndWithoutScripts } from './support/test.ts';
import { BILL, BILL_NAME, upload } from './support/wizard.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../samples');
const MEGABYTE = 1024 * 1024;

test.use({ role: 'owner' });

withAndWithoutScripts((scripts) => {
  test('each refused file is told its own reason, and the good one beside it is kept', async ({ page }) => {
    test.setTimeout(120_000);
    const sid = await postDraft(page);
    await post(page, `/port-requests/${sid}/terms`, TERMS);
    await page.goto(`/port-requests/${sid}/bill`);
    const bill = await readFile(BILL);
    const pdf = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/pdf', buffer });
    await upload(page, scripts, [
      pdf('large.pdf', Buffer.concat([bill, Buffer.alloc(10 * MEGABYTE + 1 - bill.length, '\n')])),
      pdf('letter.pdf', await readFile(path.join(SAMPLES, 'hostile/ha7e5575.bin'))),
      pdf('locked.pdf', await readFile(path.join(SAMPLES, 'docs/db37a360.pdf'))),
      pdf('good.pdf', bill),
      pdf('empty.pdf', Buffer.alloc(0)),
    ]);

    await expect(page.locator('#files .name')).toHaveText(['good.pdf']);
    const reasons = {
      'large.pdf': '"large.pdf" is 10.1 MB. It must be 10 MB or smaller',
      'letter.pdf': '"letter.pdf" must be a PDF, JPG, PNG',
      'locked.pdf': '"locked.pdf" needs a password to open. Save it without one and try again',
      'empty.pdf': '"empty.pdf" is empty',
    };
    for (const [name, reason] of Object.entries(reasons)) {
      await expect(page.locator('main .error', { hasText: name }).first()).toContainText(reason);
    }
    await page.reload();
    await expect(page.locator('#files .name')).toHaveText(['good.pdf']);
  });

  test('a file that is dropped on the file area is taken', async ({ page }) => {
    const sid = await postDraft(page);
    await post(page, `/port-requests/${sid}/terms`, TERMS);
    await page.goto(`/port-requests/${sid}/bill`);
    await page.locator('#file').scrollIntoViewIfNeeded();
    const area = (await page.locator('#file').boundingBox())!;
    const browser = await page.context().newCDPSession(page);
    const data = { items: [], files: [BILL], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await browser.send('Input.dispatchDragEvent', { type, x: area.x + area.width / 2, y: area.y + area.height - 12, data });
    }
    if (!scripts) {
      await expect.poll(() => page.locator('#file').evaluate((input) => (input as HTMLInputElement).files!.length)).toBe(1);
      await page.getByRole('button', { name: 'Upload', exact: true }).click();
    }
    await expect(page.locator('#files .name')).toHaveText([BILL_NAME]);
  });

  test('a document opens for its account and the desk, and for nobody else', async ({ page, browser, desk }) => {
    const sid = await postedRequest(page, { name: 'With a document' });
    await page.goto(`/port-requests/${sid}`);
    const view = (await page.getByRole('link', { name: `View ${BILL_NAME}` }).getAttribute('href'))!;
    const download = (await page.getByRole('link', { name: `Download ${BILL_NAME}` }).getAttribute('href'))!;

    const seen = await page.request.get(view);
    expect(seen.status()).toBe(200);
    expect(await seen.body()).toEqual(await readFile(BILL));
    expect(seen.headers()).toMatchObject({ 'x-content-type-options': 'nosniff', 'content-type': 'application/pdf' });
    expect(seen.headers()['content-security-policy']).toMatch(/^sandbox;.*default-src 'none'/);
    expect(seen.headers()['content-disposition']).toMatch(/^inline;/);

    for (const who of ['neighbor', 'priya'] as const) {
      const other = await pageOf(browser, desk, who);
      for (const address of [view, download, `/port-requests/${sid}`]) {
        expect((await other.goto(address))?.status(), `${address} for ${who}`).toBe(404);
        await expect(other.locator('h1')).toHaveText('Page not found');
      }
      await other.context().close();
    }
    const stranger = await pageOf(browser, desk, 'stranger');
    await stranger.goto(view);
    await expect(stranger).toHaveURL(/\/sign-in/);
    await stranger.context().close();
  });
});
