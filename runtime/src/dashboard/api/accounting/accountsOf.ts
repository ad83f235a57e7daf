import type { ErrorCounts } from '../../../errors/groups/statistics/errorStatistics.ts';
import type { SeriesStoreCounts } from '../../../performance/series/seriesStore.ts';
import type { RequestCounts } from '../../../requests/lifecycle/requestCounts.ts';
import type { SpanCounts } from '../../../tracing/accounting/spanLedger.ts';
import { shownName } from '../../foreignText.ts';
import type { Account, AccountRow } from './accountingSchema.ts';
import {
  type AccountLink,
  course,
  errorGroups,
  goneOf,
  heap,
  metrics,
  requests,
  traces,
  ungroupedErrors,
} from './accountLinks.ts';

const MOST_NAME_LENGTH = 200;
const KEPT = 'Those that are kept are listed.';

/** What became of spans of a service. */
export function accountOfSpans(
  { created, exported, dropped, queued, inFlight, unsampled, trimmed }: SpanCounts,
  service: string,
): Account {
  const lost = dropped.queue_full + dropped.oversize + dropped.export_failed + dropped.shutdown;
  return {
    signal: 'spans',
    balance: 'created = exported + dropped + queued + inFlight',
    isBalanced: created === exported + lost + queued + inFlight,
    rows: [
      row('created', created, 'Recorded, sampled spans that ended.', course('tracewright.spans.created')),
      row(
        'exported',
        exported,
        'Spans that the destination took; over UDP, those handed to the kernel.',
        traces({ service }, 'Those that Jaeger keeps are listed as traces.'),
      ),
      row(
        'queued',
        queued,
        'Spans that wait for their batch to leave.',
        course('tracewright.spans.queued', {}, 'They leave soon; the number leads to how many waited when.'),
      ),
      row(
        'inFlight',
        inFlight,
        'Spans on their way, whose fate is not known yet.',
        course('tracewright.spans.in_flight', {}, 'They are gone soon; the number leads to how many there were when.'),
      ),
      loss(
        'dropped.queue_full',
        dropped.queue_full,
        'The queue was full. Raise maxQueueSize, or look why exporting is slow.',
        goneOf('tracewright.spans.dropped', { reason: 'queue_full' }),
      ),
      loss(
        'dropped.oversize',
        dropped.oversize,
        'A span alone was larger than the transport takes. Use HTTP or gRPC instead of UDP.',
        goneOf('tracewright.spans.dropped', { reason: 'oversize' }),
      ),
      loss(
        'dropped.export_failed',
        dropped.export_failed,
        'The destination refused them or did not answer. Is it up?',
        goneOf('tracewright.spans.dropped', { reason: 'export_failed' }),
      ),
      loss(
        'dropped.shutdown',
        dropped.shutdown,
        'They ended after the shutdown, or it ran out of time.',
        goneOf('tracewright.spans.dropped', { reason: 'shutdown' }),
      ),
      row(
        'unsampled',
        unsampled,
        'Spans that sampling turned away; no part of those created.',
        goneOf('tracewright.spans.unsampled'),
      ),
      row(
        'trimmed',
        trimmed,
        'Exported spans that were trimmed to fit.',
        traces({ service, tags: 'tracewright.trimmed=true' }, 'The traces of those that Jaeger keeps are listed.'),
      ),
    ],
  };
}

/** What became of requests. */
export function accountOfRequests(counts: RequestCounts): Account {
  const { started, unfinished, completed, failed, abandoned, kept, evicted } = counts;
  const gone = 'They are listed no more; the number leads to the statistics of a day, which have them still.';
  const listedNoMore = requests('groups', { window: '24h' }, gone);
  return {
    signal: 'requests',
    balance: 'started = unfinished + completed + failed = kept + evicted',
    isBalanced:
      started === unfinished + completed + failed && started === kept + evicted.age + evicted.count + evicted.memory,
    rows: [
      row('started', started, 'Requests that began.', requests('finished', {}, KEPT)),
      row('unfinished', unfinished, 'Requests under way.', requests('live')),
      row('completed', completed, 'Requests that ended well.', requests('finished', { state: 'completed' }, KEPT)),
      row(
        'failed',
        failed,
        'Requests that failed, for whatever reason.',
        requests('finished', { state: 'failed' }, KEPT),
      ),
      row(
        'abandoned',
        abandoned,
        'Failed requests that the tracker gave up, as they did not end.',
        requests('finished', { failureReason: 'abandoned' }, KEPT),
      ),
      row(
        'kept',
        kept,
        'Requests that can be looked up.',
        requests('finished', {}, 'Those that have ended are listed, the others are beside.'),
      ),
      row('evicted.age', evicted.age, 'Too old to be looked up; they are in the statistics still.', listedNoMore),
      row(
        'evicted.count',
        evicted.count,
        'There were more than maxRequests; they are in the statistics still.',
        listedNoMore,
      ),
      row(
        'evicted.memory',
        evicted.memory,
        'They took more than maxBytes; they are in the statistics still.',
        listedNoMore,
      ),
      row('bytes', counts.bytes, 'Memory of requests and statistics, as estimated.', heap()),
    ],
  };
}

/** What became of the points of time series. */
export function accountOfSeries(counts: SeriesStoreCounts): Account {
  const { refused, early, appended } = counts;
  const turnedAway = refused.maxSeries + refused.share + refused.maxBytes + refused.tooLong + refused.notFinite;
  return {
    signal: 'series',
    balance: 'appended >= refused + baselines',
    isBalanced: appended >= turnedAway + counts.baselines,
    rows: [
      row('appended', appended, 'Points that came.', course('tracewright.series.appended')),
      row('series', counts.series, 'Time series that are kept.', metrics()),
      row('points', counts.points, 'Points that are kept, of every resolution.', metrics()),
      row('gaps', counts.gaps, 'Times of which nothing is known.', metrics('Charts mark them.')),
      row('baselines', counts.baselines, 'First points of counters: they only say where one stands.', metrics()),
      loss(
        'refused.maxSeries',
        refused.maxSeries,
        'There were maxSeries series. Use fewer label values, or raise it.',
        goneOf('tracewright.series.refused', { reason: 'maxSeries' }),
      ),
      loss(
        'refused.share',
        refused.share,
        'Their metric had a quarter of maxSeries. Use fewer label values.',
        goneOf('tracewright.series.refused', { reason: 'share' }),
      ),
      loss(
        'refused.maxBytes',
        refused.maxBytes,
        'A new series had no room within maxBytes.',
        goneOf('tracewright.series.refused', { reason: 'maxBytes' }),
      ),
      loss(
        'refused.tooLong',
        refused.tooLong,
        'Names and attributes of the series are too long.',
        goneOf('tracewright.series.refused', { reason: 'tooLong' }),
      ),
      loss(
        'refused.notFinite',
        refused.notFinite,
        'The value was no number, or infinite.',
        goneOf('tracewright.series.refused', { reason: 'notFinite' }),
      ),
      loss(
        'early.raw',
        early.raw,
        'Raw points became minutes before their time, to keep the limits.',
        goneOf('tracewright.series.early', { what: 'raw' }),
      ),
      loss(
        'early.minutes',
        early.minutes,
        'Minutes became hours before their time, to keep the limits.',
        goneOf('tracewright.series.early', { what: 'minutes' }),
      ),
      loss(
        'early.hours',
        early.hours,
        'Hours were let go of, to keep the limits.',
        goneOf('tracewright.series.early', { what: 'hours' }),
      ),
      loss(
        'early.series',
        early.series,
        'Series were let go of with all their points, to keep the limits.',
        goneOf('tracewright.series.early', { what: 'series' }),
      ),
      row(
        'expiredSeries',
        counts.expiredSeries,
        'Series of which nothing came any more.',
        course('tracewright.series.kept', {}, 'They are gone; the number leads to how many there were when.'),
      ),
      loss(
        'droppedGaps',
        counts.droppedGaps,
        'Gaps that were let go of, as there were too many.',
        goneOf('tracewright.series.gaps_dropped'),
      ),
    ],
  };
}

/** What became of errors. */
export function accountOfErrors(counts: ErrorCounts): Account {
  const { errors, inGroups, ungrouped, eventsLeftOut } = counts;
  const { age, count, memory, refused, shed } = ungrouped;
  const leftOut = errorGroups('They are gone; the groups, which count them, are listed.');
  return {
    signal: 'errors',
    balance: 'errors = inGroups + ungrouped',
    isBalanced: errors === inGroups + age + count + memory + refused + shed,
    rows: [
      row('errors', errors, 'Errors that were captured.', errorGroups()),
      row('inGroups', inGroups, 'Errors of the groups that are kept.', errorGroups()),
      row('ungrouped.age', age, 'Errors of groups that were cleaned up by age.', ungroupedErrors()),
      loss(
        'ungrouped.count',
        count,
        'Their groups were let go of, as there were more than maxGroups.',
        ungroupedErrors(),
      ),
      loss(
        'ungrouped.memory',
        memory,
        'Their groups were let go of, as they took more than maxBytes.',
        ungroupedErrors(),
      ),
      loss('ungrouped.refused', refused, 'There was no room for their group.', ungroupedErrors()),
      loss(
        'ungrouped.shed',
        shed,
        'Counted by class and code alone: errors came faster than maxTimeShare allows.',
        ungroupedErrors(),
      ),
      row('groups', counts.groups, 'Groups that are kept.', errorGroups()),
      row('events', counts.events, 'Errors that are kept whole.', errorGroups('Each group shows its own.')),
      row('eventsLeftOut.rate', eventsLeftOut.rate, 'Not kept whole, as there were enough of their group.', leftOut),
      row('eventsLeftOut.trace', eventsLeftOut.trace, 'Not kept whole, as their trace has one.', leftOut),
      loss('eventsLeftOut.size', eventsLeftOut.size, 'Not kept whole, as they are too large.', leftOut),
      loss('eventsLeftOut.room', eventsLeftOut.room, 'Not kept whole, as there was no room.', leftOut),
      row(
        'breadcrumbsLeftOut',
        counts.breadcrumbsLeftOut,
        'Breadcrumbs that were left out, for memory.',
        errorGroups('They are gone; what is left is with the errors of each group.'),
      ),
      row('bytes', counts.bytes, 'Memory of all of it, as estimated.', heap()),
    ],
    ungroupedBy: counts.ungroupedBy.map(({ type, code, count: errors }) => ({
      type: shownName(type, MOST_NAME_LENGTH),
      ...(code !== undefined && { code: shownName(code, MOST_NAME_LENGTH) }),
      count: errors,
    })),
  };
}

function row(name: string, count: number, meaning: string, link: AccountLink): AccountRow {
  return { name, count, isLoss: false, meaning, ...link };
}

function loss(name: string, count: number, meaning: string, link: AccountLink): AccountRow {
  return { name, count, isLoss: true, meaning, ...link };
}
