import * as z from 'zod';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { eachPage, hasPages } from './eachPage.ts';
import { readView, type Page } from './page.ts';
import { untilMeasured } from './untilMeasured.ts';

const series = z.looseObject({ instance: z.string(), latest: z.number().optional(), lastMillis: z.number() });
const catalogue = z.object({
  isOn: z.boolean(),
  intervalMillis: z.number(),
  raised: z.array(z.looseObject({ name: z.string(), instance: z.string() })),
  metrics: z.array(z.looseObject({ name: z.string(), series: z.array(series) })),
});

/** What a page says of performance. */
export type Catalogue = z.infer<typeof catalogue>;

/** The metric that is measured in each interval, whatever the application does. */
const delayMetric = 'nodejs.eventloop.delay.p99';
/** From when on the alert TracewrightEventLoopDelayed is near. */
const longestDelaySeconds = 0.25;

/** Performance is watched, and the event loop turns. */
export const performanceFresh: Check = {
  id: 'performance-fresh',
  component: 'runtime',
  title: 'performance is measured at each interval, and the event loop is not held up',
  applies: hasPages,
  timeoutSeconds: 90,
  run: (context) =>
    eachPage(context, async (page, signal) => {
      const path = `performance?${new URLSearchParams({ search: delayMetric }).toString()}`;
      // A process that has just been started has measured nothing yet.
      return untilMeasured(signal, async () => {
        const { result, instances, unanswered, asOfMillis } = await readView(page, path, catalogue, signal);
        return [...judgePerformance(page, result, instances, asOfMillis), ...unanswered];
      });
    }),
};

/** What a page's performance says of each of its instances. */
export function judgePerformance(
  { name, isExample }: Pick<Page, 'name' | 'isExample'>,
  said: Catalogue,
  instances: readonly string[],
  nowMillis: number,
): readonly Finding[] {
  const { isOn, intervalMillis, raised, metrics } = said;
  const expected = `measured within ${(2 * intervalMillis) / 1000} s, and an event loop that is at most ${longestDelaySeconds} s late`;
  if (!isOn) {
    const mend = isExample
      ? 'take PERFORMANCE_MONITORING=false out of its environment'
      : 'leave out `performance: false` in createObservability';
    const outcome = isExample ? 'failed' : 'warning';
    return [{ outcome, subject: name, expected: 'performance is watched', found: 'it is not', mend }];
  }
  const rows = metrics.filter((metric) => metric.name === delayMetric).flatMap((metric) => metric.series);
  return instances.map((id): Finding => {
    const subject = `${name}, instance ${id}`;
    const row = rows.find(({ instance }) => instance === id);
    const ageSeconds = row === undefined ? undefined : (nowMillis - row.lastMillis) / 1000;
    if (row === undefined || ageSeconds === undefined || ageSeconds * 1000 > 2 * intervalMillis) {
      const found = ageSeconds === undefined ? 'nothing was measured' : `last measured ${Math.round(ageSeconds)} s ago`;
      const mend =
        "its event loop may be blocked, or its clock wrong: see the page's Performance, and the process's CPU";
      return { outcome: 'failed', subject, expected, found, mend };
    }
    const delay = row.latest ?? 0;
    const limits = raised.filter(({ instance }) => instance === id).map((limit) => limit.name);
    if (delay <= longestDelaySeconds && limits.length === 0)
      return {
        outcome: 'ok',
        subject,
        expected,
        found: `${Math.round(ageSeconds)} s ago, at most ${delay.toFixed(3)} s late`,
      };
    const beyond = limits.length === 0 ? '' : `; beyond its limits: ${limits.join(', ')}`;
    return {
      outcome: 'warning',
      subject,
      expected,
      found: `${delay.toFixed(3)} s late${beyond}`,
      mend: "see the page's Performance for what holds it up; more instances take the load off it",
    };
  });
}
