// What a person sees while a page loads: every frame that the browser draws.
import type { Page } from '@playwright/test';

/** Goes to an address and hands back how light the ground of each drawn frame was, from 0 to 255. */
export async function lightnessOfFrames(page: Page, path: string): Promise<number[]> {
  const session = await page.context().newCDPSession(page);
  const frames: string[] = [];
  session.on('Page.screencastFrame', ({ data, sessionId }) => {
    frames.push(data);
    void session.send('Page.screencastFrameAck', { sessionId }).catch(() => {});
  });
  await session.send('Page.startScreencast', { format: 'png', everyNthFrame: 1 });
  await page.goto(path);
  // The page as it ends up counts, too; a browser that is busy may draw nothing before it.
  frames.push((await page.screenshot()).toString('base64'));
  await session.send('Page.stopScreencast');
  await session.detach();
  return lightness(page, frames);
}

// Read in a page of its own, whose policy lets it open a picture.
async function lightness(page: Page, frames: string[]): Promise<number[]> {
  const context = await page.context().browser()!.newContext({ storageState: { cookies: [], origins: [] }, javaScriptEnabled: true });
  const blank = await context.newPage();
  const found = await blank.evaluate(async (frames) => {
    const brush = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    const all: number[] = [];
    for (const frame of frames) {
      const picture = new Image();
      picture.src = `data:image/png;base64,${frame}`;
      await picture.decode();
      // The lower left corner is ground on every page.
      brush.drawImage(picture, 4, picture.naturalHeight - 4, 1, 1, 0, 0, 1, 1);
      const [r, g, b] = brush.getImageData(0, 0, 1, 1).data;
      all.push(Math.round((r! + g! + b!) / 3));
    }
    return all;
  }, frames);
  await context.close();
  return found;
}
