import type { CheckResult } from '../check.ts';
import type { Finding } from '../finding.ts';
import type { Plot, ReportTable } from '../report/plot.ts';
import type { ProbeResult } from '../report/report.ts';
import { describeRefusal } from '../refusal.ts';
import { applicationStopReason, mostP99Seconds, type ApplicationStep } from './applicationStep.ts';
import { describeCounts, mostSearchableSeconds, stopReason, totalOf, type LoadStep } from './loadStep.ts';
import type { Climb, LoadBounds } from './climb.ts';
import { measureApplication } from './measureApplication.ts';
import { measurePipeline, type LoadContext } from './measurePipeline.ts';

/** Bounds of both loads. */
export interface PerformanceBounds {
  /** In spans a second. */
  readonly spans: LoadBounds;
  /** In orders a second. */
  readonly orders: LoadBounds;
}

/** What a small machine carries within some three minutes. */
export const defaultBounds: PerformanceBounds = {
  spans: { first: 100, most: 25_600, stepSeconds: 12 },
  orders: { first: 5, most: 640, stepSeconds: 8 },
};

/**
 * Loads the pipeline, then the example, in steps until they or the machine say stop, and says where that was, what was lost and what
 * was busy. Its spans (services `tracewright-load-N`) and orders stay until the storage's retention removes them.
 */
export async function measurePerformance(context: LoadContext, bounds = defaultBounds): Promise<ProbeResult> {
  const pipeline = await timed(context, () => measurePipeline(context, bounds.spans));
  // Whoever ends it is told what the pipeline came to all the same.
  const application = await timed(context, () => measureApplication(context, bounds.orders)).catch((error: unknown) => {
    if (context.signal.aborted) return undefined;
    throw error;
  });
  return {
    results: [pipelineResult(pipeline), ...(application === undefined ? [] : [applicationResult(application)])],
    plots: [
      ...(pipeline.value === undefined ? [] : pipelinePlots(pipeline.value)),
      ...(application?.value === undefined ? [] : applicationPlots(application.value)),
    ],
    tables: [
      ...(pipeline.value === undefined ? [] : [pipelineTable(pipeline.value)]),
      ...(application?.value === undefined ? [] : [applicationTable(application.value)]),
    ],
  };
}

/** What came of a load, or why there was none. */
interface Timed<T> {
  readonly value?: T;
  readonly error?: unknown;
  readonly seconds: number;
}

/** @throws the signal's reason where that has ended it. */
async function timed<T>({ nowMillis, signal }: LoadContext, work: () => Promise<T>): Promise<Timed<T>> {
  const started = nowMillis();
  const seconds = (): number => (nowMillis() - started) / 1000;
  try {
    const value = await work();
    return { value, seconds: seconds() };
  } catch (error) {
    signal.throwIfAborted();
    return { error, seconds: seconds() };
  }
}

const pipelineCheck = { check: 'performance-pipeline', component: 'endpoints' } as const;
const applicationCheck = { check: 'performance-application', component: 'runtime' } as const;

function pipelineResult({ value, error, seconds }: Timed<Climb<LoadStep>>): CheckResult {
  const title = 'spans are taken, kept and found while their number grows, up to a point that is known';
  const expected = `every span taken and kept, and found within ${mostSearchableSeconds} s`;
  if (value === undefined) return refused({ ...pipelineCheck, title, seconds }, expected, error);
  const carried = value.steps.filter((step) => stopReason(step) === undefined).at(-1);
  const lostQuietly = value.steps.some(({ unaccounted }) => unaccounted > 0);
  const found = describeEnd('spans a second', carried?.offered, value);
  const finding: Finding =
    carried === undefined || lostQuietly
      ? {
          outcome: 'failed',
          subject: 'collectors',
          expected,
          found,
          mend: lostQuietly
            ? 'look for pods that were restarted meanwhile (`npm run status`): only they lose what they do not count'
            : 'not even the first step was carried: see what is busy, and docs/sizing.md',
        }
      : { outcome: 'ok', subject: 'collectors', expected, found };
  return { ...pipelineCheck, title, seconds, outcome: finding.outcome, findings: [finding] };
}

function applicationResult({ value, error, seconds }: Timed<Climb<ApplicationStep> | undefined>): CheckResult {
  const title = 'the example answers while its load grows, up to a point that is known, and drops no span';
  const expected = `every order answered, one in a hundred after ${mostP99Seconds} s at most`;
  const result = { ...applicationCheck, title, seconds };
  if (error !== undefined) return refused(result, expected, error);
  if (value === undefined) {
    const found = 'no example of this stack is deployed here';
    const mend = '`npm run up` without --no-example deploys it; load an application of your own with a tool of yours';
    const finding: Finding = { outcome: 'unchecked', subject: 'storefront', expected, found, mend };
    return { ...result, outcome: 'unchecked', findings: [finding] };
  }
  const carried = value.steps.filter((step) => applicationStopReason(step) === undefined).at(-1);
  const found = describeEnd('orders a second', carried?.offered, value);
  const mend = 'not even the first step was carried: see what is busy, and whether the shop is well (`npm run status`)';
  const finding: Finding =
    carried === undefined
      ? { outcome: 'failed', subject: 'storefront', expected, found, mend }
      : { outcome: 'ok', subject: 'storefront', expected, found };
  return { ...result, outcome: finding.outcome, findings: [finding] };
}

function refused(result: Omit<CheckResult, 'outcome' | 'findings'>, expected: string, error: unknown): CheckResult {
  const finding: Finding = { outcome: 'unchecked', subject: result.check, expected, ...describeRefusal(error) };
  return { ...result, outcome: 'unchecked', findings: [finding] };
}

function describeEnd(
  unit: string,
  carried: number | undefined,
  { stoppedBy, saturated }: Pick<Climb<unknown>, 'stoppedBy' | 'saturated'>,
): string {
  const most = carried === undefined ? 'no step was carried' : `${carried} ${unit} were carried`;
  return `${most}; then: ${stoppedBy}${saturated === undefined ? '' : `; what gave way: ${saturated}`}`;
}

function pipelinePlots({ steps }: Climb<LoadStep>): Plot[] {
  const points = (read: (step: LoadStep) => number) => steps.map((step) => [step.offered, read(step)] as const);
  const xLabel = 'spans offered a second';
  const found = steps.filter(({ searchableSeconds }) => searchableSeconds.length > 0);
  return [
    {
      title: 'Spans taken',
      xLabel,
      yLabel: 'taken',
      unit: 'spans/s',
      series: [
        { name: 'acknowledged by collectors', points: points(({ acknowledged }) => acknowledged) },
        { name: 'offered', points: points(({ offered }) => offered) },
      ],
    },
    {
      title: 'From a span to its being found',
      xLabel,
      yLabel: 'time',
      unit: 's',
      series: [
        { name: 'median', points: found.map((step) => [step.offered, medianOf(step.searchableSeconds)] as const) },
        { name: 'slowest', points: found.map((step) => [step.offered, Math.max(...step.searchableSeconds)] as const) },
      ],
    },
    {
      title: 'Spans lost',
      xLabel,
      yLabel: 'spans of the step',
      unit: 'spans',
      series: [
        { name: 'lost and counted', points: points(({ lost }) => totalOf(lost)) },
        { name: 'refused, as the sender was told', points: points(({ refused: counts }) => totalOf(counts)) },
        { name: 'not accounted for', points: points(({ unaccounted }) => unaccounted) },
      ],
    },
    busyPlot('Processors busy, pipeline', xLabel, steps),
  ];
}

function applicationPlots({ steps }: Climb<ApplicationStep>): Plot[] {
  const points = (read: (step: ApplicationStep) => number) => steps.map((step) => [step.offered, read(step)] as const);
  const xLabel = 'orders offered a second';
  return [
    {
      title: 'How long an order takes',
      xLabel,
      yLabel: 'time',
      unit: 's',
      series: [
        { name: 'median', points: points(({ p50Seconds }) => p50Seconds) },
        { name: 'one in a hundred takes longer', points: points(({ p99Seconds }) => p99Seconds) },
      ],
    },
    {
      title: 'Orders answered',
      xLabel,
      yLabel: 'answered',
      unit: 'orders/s',
      series: [{ name: 'answered', points: points(({ answered }) => answered) }],
    },
    busyPlot('Processors busy, example', xLabel, steps),
  ];
}

function busyPlot(title: string, xLabel: string, steps: readonly Pick<LoadStep, 'offered' | 'busy'>[]): Plot {
  const names = [...new Set(steps.flatMap(({ busy }) => busy.map(({ name }) => name)))];
  return {
    title,
    xLabel,
    yLabel: 'processors',
    unit: '',
    series: names.map((name) => ({
      name,
      points: steps.flatMap(({ offered, busy }) =>
        busy.filter((part) => part.name === name).map(({ processors }) => [offered, processors] as const),
      ),
    })),
    note: 'Of several pods the busiest. What the kubelet had not looked at within a step is missing from it.',
  };
}

function pipelineTable({ steps }: Climb<LoadStep>): ReportTable {
  return {
    title: 'Load on the pipeline',
    columns: [
      'offered/s',
      'taken/s',
      'found after (median, slowest)',
      'lost',
      'refused',
      'not accounted for',
      'stopped by',
    ],
    rows: steps.map((step) => [
      step.offered,
      Math.round(step.acknowledged),
      step.searchableSeconds.length === 0
        ? 'none was found'
        : `${medianOf(step.searchableSeconds).toFixed(1)} s, ${Math.max(...step.searchableSeconds).toFixed(1)} s`,
      describeCounts(step.lost) || 0,
      describeCounts(step.refused) || 0,
      step.unaccounted,
      stopReason(step) ?? '',
    ]),
  };
}

function applicationTable({ steps }: Climb<ApplicationStep>): ReportTable {
  return {
    title: 'Load on the example',
    columns: ['offered/s', 'answered/s', 'median', '99 of 100', 'failed', 'spans', 'spans dropped', 'stopped by'],
    rows: steps.map((step) => [
      step.offered,
      Math.round(step.answered),
      `${(step.p50Seconds * 1000).toFixed(0)} ms`,
      `${(step.p99Seconds * 1000).toFixed(0)} ms`,
      step.failed,
      step.spansCreated,
      step.spansDropped,
      applicationStopReason(step) ?? '',
    ]),
  };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
}
