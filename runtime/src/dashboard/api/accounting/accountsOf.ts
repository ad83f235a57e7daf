import type { ErrorCounts } from '../../../errors/groups/statistics/errorStatistics.ts';
import type { SeriesStoreCounts } from '../../../performance/series/seriesStore.ts';
import type { RequestCounts } from '../../../requests/lifecycle/requestCounts.ts';
import type { SpanCounts } from '../../../tracing/accounting/spanLedger.ts';
import type { Account, AccountRow } from './accountingSchema.ts';

/** What became of spans. */
export function accountOfSpans({
  created,
  exported,
  dropped,
  queued,
  inFlight,
  unsampled,
  trimmed,
}: SpanCounts): Account {
  const lost = dropped.queue_full + dropped.oversize + dropped.export_failed + dropped.shutdown;
  return {
    signal: 'spans',
    balance: 'created = exported + dropped + queued + inFlight',
    isBalanced: created === exported + lost + queued + inFlight,
    rows: [
      row('created', created, 'Recorded, sampled spans that ended.'),
      row('exported', exported, 'Spans that the destination took; over UDP, those handed to the kernel.'),
      row('queued', queued, 'Spans that wait for their batch to leave.'),
      row('inFlight', inFlight, 'Spans on their way, whose fate is not known yet.'),
      loss(
        'dropped.queue_full',
        dropped.queue_full,
        'The queue was full. Raise maxQueueSize, or look why exporting is slow.',
      ),
      loss(
        'dropped.oversize',
        dropped.oversize,
        'A span alone was larger than the transport takes. Use HTTP or gRPC instead of UDP.',
      ),
      loss('dropped.export_failed', dropped.export_failed, 'The destination refused them or did not answer. Is it up?'),
      loss('dropped.shutdown', dropped.shutdown, 'They ended after the shutdown, or it ran out of time.'),
      row('unsampled', unsampled, 'Spans that sampling turned away; no part of those created.'),
      row('trimmed', trimmed, 'Exported spans that were trimmed to fit.'),
    ],
  };
}

/** What became of requests. */
export function accountOfRequests(counts: RequestCounts): Account {
  const { started, unfinished, completed, failed, abandoned, kept, evicted } = counts;
  return {
    signal: 'requests',
    balance: 'started = unfinished + completed + failed = kept + evicted',
    isBalanced:
      started === unfinished + completed + failed && started === kept + evicted.age + evicted.count + evicted.memory,
    rows: [
      row('started', started, 'Requests that began.'),
      row('unfinished', unfinished, 'Requests under way.'),
      row('completed', completed, 'Requests that ended well.'),
      row('failed', failed, 'Requests that failed, for whatever reason.'),
      row('abandoned', abandoned, 'Failed requests that the tracker gave up, as they did not end.'),
      row('kept', kept, 'Requests that can be looked up.'),
      row('evicted.age', evicted.age, 'Too old to be looked up; they are in the statistics still.'),
      row('evicted.count', evicted.count, 'There were more than maxRequests; they are in the statistics still.'),
      row('evicted.memory', evicted.memory, 'They took more than maxBytes; they are in the statistics still.'),
      row('bytes', counts.bytes, 'Memory of requests and statistics, as estimated.'),
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
      row('appended', appended, 'Points that came.'),
      row('series', counts.series, 'Time series that are kept.'),
      row('points', counts.points, 'Points that are kept, of every resolution.'),
      row('gaps', counts.gaps, 'Times of which nothing is known.'),
      row('baselines', counts.baselines, 'First points of counters: they only say where one stands.'),
      loss('refused.maxSeries', refused.maxSeries, 'There were maxSeries series. Use fewer label values, or raise it.'),
      loss('refused.share', refused.share, 'Their metric had a quarter of maxSeries. Use fewer label values.'),
      loss('refused.maxBytes', refused.maxBytes, 'A new series had no room within maxBytes.'),
      loss('refused.tooLong', refused.tooLong, 'Names and attributes of the series are too long.'),
      loss('refused.notFinite', refused.notFinite, 'The value was no number, or infinite.'),
      loss('early.raw', early.raw, 'Raw points became minutes before their time, to keep the limits.'),
      loss('early.minutes', early.minutes, 'Minutes became hours before their time, to keep the limits.'),
      loss('early.hours', early.hours, 'Hours were let go of, to keep the limits.'),
      loss('early.series', early.series, 'Series were let go of with all their points, to keep the limits.'),
      row('expiredSeries', counts.expiredSeries, 'Series of which nothing came any more.'),
      loss('droppedGaps', counts.droppedGaps, 'Gaps that were let go of, as there were too many.'),
    ],
  };
}

/** What became of errors. */
export function accountOfErrors(counts: ErrorCounts): Account {
  const { errors, inGroups, ungrouped, eventsLeftOut } = counts;
  const { age, count, memory, refused, shed } = ungrouped;
  return {
    signal: 'errors',
    balance: 'errors = inGroups + ungrouped',
    isBalanced: errors === inGroups + age + count + memory + refused + shed,
    rows: [
      row('errors', errors, 'Errors that were captured.'),
      row('inGroups', inGroups, 'Errors of the groups that are kept.'),
      row('ungrouped.age', age, 'Errors of groups that were cleaned up by age.'),
      loss('ungrouped.count', count, 'Their groups were let go of, as there were more than maxGroups.'),
      loss('ungrouped.memory', memory, 'Their groups were let go of, as they took more than maxBytes.'),
      loss('ungrouped.refused', refused, 'There was no room for their group.'),
      loss('ungrouped.shed', shed, 'Counted by class and code alone: errors came faster than maxTimeShare allows.'),
      row('groups', counts.groups, 'Groups that are kept.'),
      row('events', counts.events, 'Errors that are kept whole.'),
      row('eventsLeftOut.rate', eventsLeftOut.rate, 'Not kept whole, as there were enough of their group.'),
      row('eventsLeftOut.trace', eventsLeftOut.trace, 'Not kept whole, as their trace has one.'),
      loss('eventsLeftOut.size', eventsLeftOut.size, 'Not kept whole, as they are too large.'),
      loss('eventsLeftOut.room', eventsLeftOut.room, 'Not kept whole, as there was no room.'),
      row('breadcrumbsLeftOut', counts.breadcrumbsLeftOut, 'Breadcrumbs that were left out, for memory.'),
      row('bytes', counts.bytes, 'Memory of all of it, as estimated.'),
    ],
  };
}

function row(name: string, count: number, meaning: string): AccountRow {
  return { name, count, isLoss: false, meaning };
}

function loss(name: string, count: number, meaning: string): AccountRow {
  return { name, count, isLoss: true, meaning };
}
