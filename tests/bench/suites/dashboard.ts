import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { buildPage } from '../../../runtime/page/buildPage.ts';
import { openBrowser } from '../../support/browser.ts';
import { measureFirstView, measureFrames, measureIdleBytes, openView } from '../dashboard/measurePage.ts';
import { type ShownApplication, startShownApplication } from '../dashboard/shownApplication.ts';
import { atMost, type Figure, type Measured, observe } from '../figure.ts';
import { repeated } from '../repeated.ts';
import { runProgram } from '../runProgram.ts';

/** How the suite `dashboard` is run. */
export interface DashboardBenchOptions {
  /** Runs of each figure. */
  readonly runs: number;
  /** Seconds of each run that watches frames or the event loop. */
  readonly seconds: number;
  readonly report: (text: string) => void;
}

const AMOUNTS = { groups: 10_000, requests: 100_000 };
const EVENTS_PER_SECOND = 1_000;
const VIEWERS = 20;
const FRAME_VIEWS = ['overview', 'requests', 'errors', 'performance'];
/** Charts and caches of a page that has just opened. */
const SETTLE_MILLIS = 3_000;
/** What the page asks for by itself comes four times in it. */
const IDLE_SECONDS = 60;
const KILOBYTE = 1000;

const viewed = z.object({ answers: z.number().positive() });

/** How quick the page is with a lot behind it, and what it costs the application that serves it. */
export async function benchDashboard({ runs, seconds, report }: DashboardBenchOptions): Promise<Measured> {
  const load = loadavg()[0] ?? 0;
  const { compressedBytes } = await buildPage();
  await using application = await startShownApplication(AMOUNTS);
  const browser = await openBrowser();
  try {
    report(`first view with ${AMOUNTS.groups} groups and ${AMOUNTS.requests} requests: ${runs} runs`);
    await measureFirstView(browser, application.url);
    const firstViews = await repeated(runs, () => measureFirstView(browser, application.url));
    const frames = await framesOf(application, browser, { runs, seconds, report });
    report(`a viewer while nothing happens: ${runs} runs of ${IDLE_SECONDS} s`);
    const idle = await idleKilobytes(application, browser, runs);
    const lateness = await latenessOf(application, { runs, seconds, report });
    return {
      figures: [
        atMost('first view, from an empty cache until its numbers are drawn', firstViews, 1000, 'ms'),
        ...frames,
        atMost(`event loop's p99 delay with ${VIEWERS} viewers, over the run without`, lateness.added, 5, 'ms'),
        atMost('bytes that an idle viewer of the overview is sent in a minute', idle, 20, 'KB'),
        atMost('what a browser loads at first, compressed', [compressedBytes / KILOBYTE], 200, 'KB'),
      ],
      observations: [
        observe('load average of the machine when the suite began', [load], 'processes'),
        observe("event loop's p99 delay without viewers", lateness.without, 'ms'),
        observe(`event loop's p99 delay with ${VIEWERS} viewers`, lateness.with, 'ms'),
        observe(`answers that ${VIEWERS} viewers got in a second`, lateness.answers, 'answers a second'),
      ],
    };
  } finally {
    await browser.close();
  }
}

async function framesOf(
  application: ShownApplication,
  browser: Browser,
  { runs, seconds, report }: DashboardBenchOptions,
): Promise<readonly Figure[]> {
  await application.bringEvents(EVENTS_PER_SECOND);
  const figures: Figure[] = [];
  for (const view of FRAME_VIEWS) {
    report(`frames of ${view} while ${EVENTS_PER_SECOND} events a second come: ${runs} runs of ${seconds} s`);
    const page = await openView(browser, application.url, view);
    await sleep(SETTLE_MILLIS);
    const longest = await repeated(runs, () => measureFrames(page, seconds));
    figures.push(atMost(`longest frame of ${view} while ${EVENTS_PER_SECOND} events a second come`, longest, 50, 'ms'));
    await page.context().close();
  }
  await application.bringEvents(0);
  return figures;
}

async function idleKilobytes(
  application: ShownApplication,
  browser: Browser,
  runs: number,
): Promise<readonly number[]> {
  const page = await openView(browser, application.url, 'overview');
  await sleep(SETTLE_MILLIS);
  const bytes = await repeated(runs, () => measureIdleBytes(page, IDLE_SECONDS));
  await page.context().close();
  return bytes.map((received) => received / KILOBYTE);
}

interface LatenessRuns {
  readonly without: readonly number[];
  readonly with: readonly number[];
  readonly added: readonly number[];
  readonly answers: readonly number[];
}

/** Pairs, each time in the other order; events come in both. */
async function latenessOf(
  application: ShownApplication,
  { runs, seconds, report }: DashboardBenchOptions,
): Promise<LatenessRuns> {
  report(`event loop with ${VIEWERS} viewers and without: ${runs} pairs of ${seconds} s`);
  await application.bringEvents(EVENTS_PER_SECOND);
  const answers: number[] = [];
  const measure = async (isWatched: boolean): Promise<number> => {
    const { p99Millis } = await application.latenessDuring(async () => {
      if (!isWatched) return sleep(seconds * 1000);
      const looked = viewed.parse(await runProgram('dashboard', 'viewers', [application.url, VIEWERS, seconds]));
      answers.push(looked.answers / seconds);
    });
    return p99Millis;
  };
  const pairs = await repeated(runs, async (run) => {
    if (run % 2 === 0) return { without: await measure(false), with: await measure(true) };
    const watched = await measure(true);
    return { with: watched, without: await measure(false) };
  });
  await application.bringEvents(0);
  return {
    without: pairs.map((pair) => pair.without),
    with: pairs.map((pair) => pair.with),
    added: pairs.map((pair) => pair.with - pair.without),
    answers,
  };
}
