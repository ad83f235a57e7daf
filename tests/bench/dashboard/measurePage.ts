import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';

/** Opens the page anew, nothing of it cached; the time until its numbers are drawn. */
export async function measureFirstView(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto('about:blank');
    const beginMillis = performance.now();
    await page.goto(url, { waitUntil: 'commit' });
    await shown(page);
    return performance.now() - beginMillis;
  } finally {
    await context.close();
  }
}

/** A page that shows a view, logged in. */
export async function openView(browser: Browser, url: string, view: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  await shown(page);
  await page.goto(`${new URL('.', url).href}#/${view}`);
  await shown(page);
  return page;
}

/** The longest frame of some seconds, in milliseconds: what the browser itself says of frames that are long, and else the longest step between two. */
export async function measureFrames(page: Page, seconds: number): Promise<number> {
  return page.evaluate<number>(watchFrames(seconds * 1000));
}

/** Runs in the browser. Frames of 50 ms and more are told by it, with all that belongs to them. */
const watchFrames = (millis: number): string => `new Promise((resolve) => {
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ type: 'long-animation-frame' });
  const begin = performance.now();
  let last = begin;
  const step = (now) => {
    if (longest < 50) longest = Math.max(longest, Math.min(49.9, now - last));
    last = now;
    if (now - begin < ${millis}) return requestAnimationFrame(step);
    observer.disconnect();
    resolve(longest);
  };
  requestAnimationFrame(step);
})`;

/** All bytes that one viewer is sent while nothing happens, with headers, in so many seconds. */
export async function measureIdleBytes(page: Page, seconds: number): Promise<number> {
  const network = await page.context().newCDPSession(page);
  let bytes = 0;
  network.on('Network.dataReceived', ({ encodedDataLength }) => (bytes += encodedDataLength));
  network.on('Network.responseReceived', ({ response }) => (bytes += response.encodedDataLength));
  await network.send('Network.enable');
  await sleep(seconds * 1000);
  await network.detach();
  return bytes;
}

async function shown(page: Page): Promise<void> {
  await page.locator('.view-header .origin').waitFor({ timeout: 30_000 });
}
