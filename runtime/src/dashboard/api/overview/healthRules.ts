import type { Found, HealthFacts, HealthRule } from './healthFacts.ts';
import { counted, inMillis, inShort, levelText, percent } from './healthWords.ts';
import type { LevelKey, OverviewGroup, ShownBar } from './overviewSchema.ts';
import type { ViewLink } from '../viewLinkSchema.ts';

const HOUR_MILLIS = 60 * 60_000;
const STARTING_MILLIS = 60_000;
/** What is high while a process loads its modules. */
const STARTED_WITH: ReadonlySet<LevelKey> = new Set(['cpu', 'eventLoop']);

/** From when on each rule finds something. */
const LIMITS = {
  errorRatio: { watch: 0.01, bad: 0.05, fewestFailures: 3, most: 0.5 },
  slow: { watch: 2, bad: 4, fewestRequests: 50, leastMillis: 50 },
  stuck: { watch: 1, bad: 10 },
  silence: { fewestExpected: 10 },
  levels: {
    cpu: { watch: 0.85, bad: 0.95, name: 'processor time', unit: 'share' },
    memory: { watch: 0.85, bad: 0.95, name: 'heap', unit: 'share' },
    machineMemory: { watch: 0.9, bad: 0.97, name: 'memory of the machine or container', unit: 'share' },
    eventLoop: { watch: 0.1, bad: 0.5, name: 'event loop delay (p99)', unit: 'seconds' },
    disk: { watch: 0.85, bad: 0.95, name: 'disk', unit: 'share' },
  } satisfies Record<LevelKey, LevelLimit>,
} as const;

/** From when on a level is too high. */
export interface LevelLimit {
  readonly watch: number;
  readonly bad: number;
  readonly name: string;
  readonly unit: 'share' | 'seconds';
}

/** Everything that is looked at, in the order in which it matters to people who use the application. */
export const HEALTH_RULES: readonly HealthRule[] = [
  {
    name: 'error-ratio',
    threshold: `Within 5 minutes at least ${LIMITS.errorRatio.fewestFailures} requests failed: to be watched from ${percent(LIMITS.errorRatio.watch)} of all on, bad from ${percent(LIMITS.errorRatio.bad)} on. Of fewer that failed it is to be watched that they are ${percent(LIMITS.errorRatio.most)} of all or more. Cancelled requests do not count.`,
    judge: ({ requests }) => (requests === undefined ? [] : errorRatio(requests)),
  },
  {
    name: 'nothing-comes-in',
    threshold: `Bad where no request has ended for 5 minutes, and at least ${LIMITS.silence.fewestExpected} would have, by the rate of the hour before.`,
    judge: ({ requests }) => (requests === undefined ? [] : silence(requests)),
  },
  {
    name: 'slow',
    threshold: `The 99th percentile of 5 minutes against what is usual, the median of that of slices of the last day: to be watched from ${LIMITS.slow.watch} times on, bad from ${LIMITS.slow.bad} times on; with at least ${LIMITS.slow.fewestRequests} requests, and by ${LIMITS.slow.leastMillis} ms at least.`,
    judge: ({ requests }) => (requests === undefined ? [] : slow(requests)),
  },
  {
    name: 'stuck',
    threshold: `Requests that have not ended for as long as \`stuckAfterMillis\` says: to be watched from ${LIMITS.stuck.watch} on, bad from ${LIMITS.stuck.bad} on.`,
    judge: ({ requests, nowMillis }) => (requests === undefined ? [] : stuck(requests, nowMillis)),
  },
  {
    name: 'threshold',
    threshold: 'A threshold that the application was given is raised.',
    judge: ({ raised }) => raised.map(thresholdRaised),
  },
  {
    name: 'saturation',
    threshold: Object.values(LIMITS.levels)
      .map(
        ({ name, watch, bad, unit }) =>
          `${name}: to be watched from ${levelText(watch, unit)} on, bad from ${levelText(bad, unit)} on`,
      )
      .join('; ')
      .concat(
        '. Means of 5 minutes; of processor and event loop not before they are known for one, as to start is work.',
      ),
    judge: ({ levels, nowMillis }) => (levels ?? []).flatMap((found) => saturated(found, nowMillis)),
  },
  {
    name: 'new-errors',
    threshold:
      'A group of errors that was seen first within an hour and is not resolved: critical ones are bad, high ones are to be watched.',
    judge: ({ errors, nowMillis }) =>
      groupsFound(errors?.appeared ?? [], {
        isRecent: ({ firstSeenMillis }) => nowMillis - firstSeenMillis <= HOUR_MILLIS,
        sinceOf: ({ firstSeenMillis }) => firstSeenMillis,
        words: 'new',
      }),
  },
  {
    name: 'errors-came-back',
    threshold:
      'A group of errors that was resolved came back within an hour: critical ones are bad, high ones are to be watched.',
    judge: ({ errors, nowMillis }) =>
      groupsFound(errors?.regressed ?? [], {
        isRecent: ({ regressedMillis = 0 }) => nowMillis - regressedMillis <= HOUR_MILLIS,
        sinceOf: ({ regressedMillis = 0 }) => regressedMillis,
        words: 'came back after it was resolved',
      }),
  },
  {
    name: 'spike',
    threshold:
      'Errors of a group come significantly more often than in the hour before: critical and high ones are bad, others are to be watched.',
    judge: ({ errors }) => (errors?.spiking ?? []).map(spiking),
  },
  {
    name: 'spans-lost',
    threshold:
      'Spans were dropped within 15 minutes; where that is not kept, since the start. Traces have holes then; the application itself does not suffer.',
    judge: ({ spans }) => spans.flatMap(spansLost),
  },
  {
    name: 'export-fails',
    threshold: 'Spans were made within 15 minutes, the destination refused some or did not answer, and none arrived.',
    judge: ({ spans }) => spans.flatMap(exportFails),
  },
];

type Requests = NonNullable<HealthFacts['requests']>;

function errorRatio({ recent, bars }: Requests): readonly Found[] {
  const { watch, bad, fewestFailures, most } = LIMITS.errorRatio;
  const { errorRatio: ratio = 0, failed, count } = recent;
  const areFew = failed < fewestFailures;
  if (ratio < watch || failed === 0 || (areFew && ratio < most)) return [];
  return [
    {
      severity: ratio >= bad && !areFew ? 'bad' : 'watch',
      text: `${percent(ratio)} of requests failed in the last 5 minutes: ${counted(failed, 'request')} of ${count}.`,
      ...sinceBar(bars, (bar) => (bar.errorRatio ?? 0) >= watch),
      link: { path: ['requests'], query: { tab: 'finished', state: 'failed', cancelled: 'false' } },
    },
  ];
}

function silence({ recent, expected, lastEndedMillis, unfinished }: Requests): readonly Found[] {
  if (recent.count > 0 || expected < LIMITS.silence.fewestExpected) return [];
  const what =
    unfinished > 0 ? `${counted(unfinished, 'request')} under way, but none has ended` : 'No request has ended';
  return [
    {
      severity: 'bad',
      text: `${what} in the last 5 minutes, where about ${Math.round(expected)} would have.`,
      ...(lastEndedMillis !== undefined && { sinceMillis: lastEndedMillis }),
      link: { path: ['requests'], query: unfinished > 0 ? { tab: 'live' } : {} },
    },
  ];
}

function slow({ recent, usual, bars }: Requests): readonly Found[] {
  const { watch, bad, fewestRequests, leastMillis } = LIMITS.slow;
  const { p99Millis = 0, count } = recent;
  if (usual === undefined || usual.p99Millis === 0 || count < fewestRequests || usual.count < fewestRequests) return [];
  const times = p99Millis / usual.p99Millis;
  if (times < watch || p99Millis - usual.p99Millis < leastMillis) return [];
  return [
    {
      severity: times >= bad ? 'bad' : 'watch',
      text: `The slowest hundredth of requests takes ${inMillis(p99Millis)} or longer (p99), ${times.toFixed(1)} times the usual ${inMillis(usual.p99Millis)}.`,
      ...sinceBar(bars, (bar) => (bar.p99Millis ?? 0) >= watch * usual.p99Millis),
      link: { path: ['requests'], query: { tab: 'finished', order: 'slowest' } },
    },
  ];
}

function stuck({ stuckCount, stuckAfterMillis, stuck: oldest }: Requests, nowMillis: number): readonly Found[] {
  const { watch, bad } = LIMITS.stuck;
  if (stuckCount < watch) return [];
  const [first] = oldest;
  const longest = first === undefined ? '' : `, ${first.operation} for ${inMillis(nowMillis - first.startedMillis)}`;
  return [
    {
      severity: stuckCount >= bad ? 'bad' : 'watch',
      text: `${counted(stuckCount, 'request')} stuck: not ended for ${inMillis(stuckAfterMillis)} or longer${longest}.`,
      ...(first && { sinceMillis: first.startedMillis + stuckAfterMillis }),
      link: { path: ['requests'], query: { tab: 'live', show: 'stuck' } },
    },
  ];
}

function thresholdRaised(raised: HealthFacts['raised'][number]): Found {
  const { name, metric, statistic, above, below, value, sinceMillis, instance } = raised;
  const limit = above === undefined ? `below ${inShort(below ?? 0)}` : `above ${inShort(above)}`;
  const is = value === undefined ? '' : ` is ${inShort(value)}`;
  return {
    severity: 'bad',
    text: `Threshold “${name}” is raised on ${instance}: ${statistic} of ${metric}${is}, ${limit}.`,
    sinceMillis,
    link: metricLink({ metric, statistic, instance }),
  };
}

function saturated(
  { key, of, recent, points, metric, instance, instances }: NonNullable<HealthFacts['levels']>[number],
  nowMillis: number,
): readonly Found[] {
  const { watch, bad, name, unit } = LIMITS.levels[key];
  const isStarting = nowMillis - (points[0]?.fromMillis ?? 0) < STARTING_MILLIS;
  if (recent < watch || (isStarting && STARTED_WITH.has(key))) return [];
  const where = of === undefined ? '' : ` ${of}`;
  const onWhich = instances > 1 ? ` on ${instance}` : '';
  return [
    {
      severity: recent >= bad ? 'bad' : 'watch',
      text: `${capitalised(name)}${where}${onWhich} is at ${levelText(recent, unit)}, mean of 5 minutes.`,
      ...sinceOf(
        points,
        ({ value }) => value >= watch,
        ({ fromMillis }) => fromMillis,
      ),
      link: metricLink(instances > 1 ? { metric, instance } : { metric }),
    },
  ];
}

interface GroupWords {
  readonly isRecent: (group: OverviewGroup) => boolean;
  readonly sinceOf: (group: OverviewGroup) => number;
  readonly words: string;
}

/** One finding for each severity: ten new groups are one thing to look at. */
function groupsFound(
  groups: readonly OverviewGroup[],
  { isRecent, sinceOf: since, words }: GroupWords,
): readonly Found[] {
  return (['critical', 'high'] as const).flatMap((severity) => {
    const found = groups.filter((group) => group.severity === severity && isRecent(group));
    const [first] = found;
    if (first === undefined) return [];
    const others = found.length === 1 ? '' : `, and ${counted(found.length - 1, 'other group')}`;
    return [
      {
        severity: severity === 'critical' ? ('bad' as const) : ('watch' as const),
        text: `${capitalised(severity)} error ${words}: ${titleOf(first)}, ${counted(first.count, 'time')}${others}.`,
        sinceMillis: Math.min(...found.map(since)),
        link: found.length === 1 ? linkOf(first) : { path: ['errors'], query: { severity, order: 'firstSeen' } },
      },
    ];
  });
}

function spiking(group: OverviewGroup): Found {
  const { severity, spike } = group;
  return {
    severity: severity === 'critical' || severity === 'high' ? 'bad' : 'watch',
    text: `Spike of ${titleOf(group)}: ${counted(spike?.count ?? 0, 'error')} in a minute, usually ${(spike?.expected ?? 0).toFixed(1)}.`,
    link: linkOf(group),
  };
}

function spansLost({ total, recent, instance }: HealthFacts['spans'][number]): readonly Found[] {
  const { dropped, created } = recent ?? total;
  if (dropped === 0) return [];
  return [
    {
      severity: 'watch',
      text: `${counted(dropped, 'span')} dropped of ${created} ${recent ? 'in the last 15 minutes' : 'since the start'} on ${instance}: traces have holes.`,
      link: { path: ['accounting'], query: {} },
    },
  ];
}

function exportFails({ recent, instance }: HealthFacts['spans'][number]): readonly Found[] {
  if (recent === undefined || recent.created === 0 || recent.exportFailed === 0 || recent.sent > 0) return [];
  return [
    {
      severity: 'watch',
      text: `No span has arrived in the last 15 minutes from ${instance}: the destination refuses them or does not answer.`,
      link: { path: ['accounting'], query: {} },
    },
  ];
}

function sinceBar(bars: readonly ShownBar[], isSo: (bar: ShownBar) => boolean): Pick<Found, 'sinceMillis'> {
  // Bars in which nothing happened say neither that it is so, nor that it is not.
  const told = bars.filter(({ count }) => count > 0);
  return sinceOf(told, isSo, ({ fromMillis }) => fromMillis);
}

/** When the run of things began, up to the last one, of which it is so. */
function sinceOf<Thing>(
  things: readonly Thing[],
  isSo: (thing: Thing) => boolean,
  timeOf: (thing: Thing) => number,
): { readonly sinceMillis?: number } {
  const lastOther = things.findLastIndex((thing) => !isSo(thing));
  const first = things[lastOther + 1];
  return first === undefined ? {} : { sinceMillis: timeOf(first) };
}

function titleOf({ type, message, culprit }: OverviewGroup): string {
  const said = message === '' ? type : `${type}: ${message}`;
  const short = said.length > 120 ? `${said.slice(0, 119)}…` : said;
  return culprit === undefined ? `“${short}”` : `“${short}” in ${culprit}`;
}

function linkOf({ id }: OverviewGroup): ViewLink {
  return { path: ['errors', id], query: {} };
}

/** Metrics are drawn one by one in a part of the view. */
function metricLink(query: Readonly<Record<string, string>>): ViewLink {
  return { path: ['performance', 'metrics'], query };
}

function capitalised(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
