import type { Credit } from './attributeLosses.ts';
import { baseOf, counterOf, totalAfter, totalUntil, type Incarnation, type Reading, type Source } from './reading.ts';

/** What bounds the buffers of the components, as they are configured. */
export interface Bounds {
  /** Spans of a datagram, at most: the tracer's `maxExportBatchSize`. */
  readonly spansPerPacket: number;
  /** Packets of the agent's queue (`--processor.jaeger-binary.server-queue-size`), 1000. */
  readonly agentQueuePackets: number;
  /** Packets that the agent is sending (`--processor.jaeger-binary.workers`), 10. */
  readonly agentWorkers: number;
  /** Spans of a collector's queue (`COLLECTOR_QUEUE_SIZE`). */
  readonly collectorQueueSpans: number;
  /** Spans between a collector's queue and the bulk request (`COLLECTOR_NUM_WORKERS`), 50. */
  readonly collectorWorkers: number;
  /** Documents of the bulk request (`ES_BULK_ACTIONS`), for each bulk worker. */
  readonly bulkActions: number;
  /** Milliseconds that a span takes to the last of its buffers while nothing is amiss: the tracer's delay, and the agent. */
  readonly transitMillis: number;
}

/** Whose processes may end: the application does when all is over, and the wire is no process. */
export type EndingSource = Exclude<Source, 'application' | 'wire'>;

/** What was seen of one load and one fault. */
export interface Observed {
  readonly incarnations: readonly Incarnation[];
  /** When the observation began. Milliseconds since the epoch. */
  readonly since: number;
  /** When the fault began: what is lost later may have waited since then. */
  readonly faultAt: number;
  /** Whose processes the fault ends: what any other took with it when it ended is not explained by the fault. */
  readonly ends: readonly EndingSource[];
  /** Whether collectors were given another password: each then closes its client, and makes another. */
  readonly replacesClients?: boolean;
  readonly bounds: Bounds;
}

interface Counted {
  readonly counter: string;
  readonly cause: string;
  /** Of packets, whose spans nobody counts. */
  readonly isOfPackets?: boolean;
}

const COUNTED: Readonly<Record<Incarnation['source'], readonly Counted[]>> = {
  application: [
    { counter: 'dropped_queue_full', cause: 'dropped by the tracer: its queue was full' },
    { counter: 'dropped_oversize', cause: 'dropped by the tracer: too large for a packet' },
    { counter: 'dropped_export_failed', cause: 'dropped by the tracer: not sent' },
    { counter: 'dropped_shutdown', cause: 'dropped by the tracer: it was stopped' },
  ],
  wire: [{ counter: 'lost_packets', cause: 'packets that no agent’s socket took', isOfPackets: true }],
  agent: [
    { counter: 'packets_dropped', cause: 'packets dropped: the queue was full', isOfPackets: true },
    { counter: 'read_errors', cause: 'packets that could not be read', isOfPackets: true },
    { counter: 'undecodable', cause: 'packets that could not be decoded', isOfPackets: true },
    { counter: 'spans_failures', cause: 'no collector took them' },
  ],
  collector: [
    { counter: 'spans_dropped', cause: 'dropped: the queue was full' },
    { counter: 'spans_rejected', cause: 'rejected' },
    { counter: 'spans_not_saved', cause: 'not saved' },
  ],
};

/** Where spans may have been lost: what was counted as lost, and what ended processes may have held. */
export function creditsOf(observed: Observed): readonly Credit[] {
  const ended = observed.incarnations.flatMap((one) => {
    const source = observed.ends.find((each) => each === one.source);
    return one.goneAt === undefined || source === undefined ? [] : [{ ...one, source, goneAt: one.goneAt }];
  });
  return [
    ...observed.incarnations.flatMap((incarnation) => [
      ...COUNTED[incarnation.source].flatMap((counted) => countedCredits(observed, incarnation, counted)),
      ...closedClientCredits(observed, incarnation),
    ]),
    ...ended.flatMap((incarnation) => endedCredits(observed, incarnation)),
    ...endedTogether(ended.filter(({ source }) => source === 'collector')).map((each) => arrivedCredit(observed, each)),
  ];
}

type EndedIncarnation = Incarnation & { readonly source: EndingSource; readonly goneAt: number };

/** What is counted as lost, over all causes: of spans exactly, of packets by their number. */
export function countedLosses({ incarnations, since }: Observed): Readonly<Record<string, number>> {
  const all = incarnations.flatMap(({ source, readings }) =>
    COUNTED[source].map(({ counter, isOfPackets = false }) => {
      const count = counterOf(lastOf(readings), counter) - baseOf(readings[0], counter, since);
      return [`${source}.${counter}${isOfPackets ? ' (packets)' : ''}`, count] as const;
    }),
  );
  const sums: Record<string, number> = {};
  for (const [name, count] of all) if (count > 0) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}

function countedCredits(
  observed: Observed,
  { source, readings }: Incarnation,
  { counter, cause, isOfPackets = false }: Counted,
): readonly Credit[] {
  const spansEach = isOfPackets ? observed.bounds.spansPerPacket : 1;
  const [first] = readings;
  return readings.flatMap((reading, index) => {
    const before = readings[index - 1];
    const counted = counterOf(before ?? reading, counter);
    // A process that came during the observation has counted from 0.
    const earlier = before === undefined ? baseOf(first, counter, observed.since) : counted;
    const delta = counterOf(reading, counter) - earlier;
    if (delta <= 0) return [];
    const from = openedAt(observed, before?.askedAt ?? observed.since);
    return [{ component: source, cause, isCounted: true, from, to: reading.at, capacity: delta * spansEach }];
  });
}

/** A process that is gone took with it what it held: an agent also what came to it since its last reading. */
function endedCredits(observed: Observed, { source, readings, goneAt }: EndedIncarnation): readonly Credit[] {
  const last = lastOf(readings);
  const cause = 'in the memory of a process that ended';
  const capacity = source === 'agent' ? agentHeld(observed, last, goneAt) : collectorHeld(observed, readings);
  return [{ component: source, cause, isCounted: false, from: openedAt(observed, last.askedAt), to: goneAt, capacity }];
}

/**
 * A client that is closed writes what its bulk request holds once more, with the password that it has: where that fails, nobody
 * writes it any more, and no counter of spans says so (Jaeger 1.50 `es.Factory`, olivere/elastic `BulkProcessor.Close`). That a
 * bulk request failed is counted; it held what was saved and not written, at most a full request and what each failure let in.
 */
function closedClientCredits(observed: Observed, { source, readings }: Incarnation): readonly Credit[] {
  if (source !== 'collector' || observed.replacesClients !== true) return [];
  const failing = readings.flatMap((reading, index) => {
    const before = readings[index - 1];
    if (before === undefined) return [];
    const failed = counterOf(reading, 'bulk_errors') - counterOf(before, 'bulk_errors');
    // What was written since the reading before may have been another client's.
    const held = unwritten(readings.slice(0, index + 1), observed.bounds.bulkActions + failed, before);
    return failed > 0 ? [{ at: reading.at, held }] : [];
  });
  const capacity = Math.max(0, ...failing.map(({ held }) => held));
  const to = failing.at(-1)?.at;
  if (to === undefined) return [];
  const cause = 'in the bulk request of a client that was closed';
  return [{ component: source, cause, isCounted: false, from: openedAt(observed, to), to, capacity }];
}

/** Agents hand on what they take: what the application sent and nobody answers for is with one of them, or on its way. */
function agentHeld({ incarnations, since, bounds }: Observed, last: Reading, goneAt: number): number {
  const sent = totalAfter(incarnations, 'application', 'exported', since, goneAt);
  const answered =
    totalUntil(incarnations, 'agent', 'spans_submitted', since, last.at) +
    totalUntil(incarnations, 'agent', 'spans_failures', since, last.at);
  // Each packet that no socket took had a span at least, which no agent held.
  const unheld = totalUntil(incarnations, 'wire', 'lost_packets', since, goneAt);
  const buffers = (bounds.agentQueuePackets + bounds.agentWorkers) * bounds.spansPerPacket;
  return Math.max(0, Math.min(buffers, sent - answered - unheld));
}

function collectorHeld({ bounds }: Observed, readings: Incarnation['readings']): number {
  return Math.min(collectorBuffers(bounds), queuedIn(lastOf(readings)) + unwritten(readings, bounds.bulkActions));
}

function collectorBuffers({ collectorQueueSpans, collectorWorkers, bulkActions }: Bounds): number {
  return collectorQueueSpans + collectorWorkers + bulkActions;
}

/** Spans that a collector had taken and neither given to its bulk worker nor given up, at a reading. */
export function queuedIn(reading: Reading): number {
  const gone = ['spans_saved', 'spans_not_saved', 'spans_dropped', 'spans_rejected'];
  return gone.reduce((left, name) => left - counterOf(reading, name), counterOf(reading, 'spans_received'));
}

/** Collectors that ended at one time, as far as can be told: what came to them meanwhile came to one of them. */
function endedTogether(collectors: readonly EndedIncarnation[]): readonly (readonly EndedIncarnation[])[] {
  const groups: EndedIncarnation[][] = [];
  for (const one of collectors.toSorted((a, b) => lastOf(a.readings).askedAt - lastOf(b.readings).askedAt)) {
    const group = groups.at(-1);
    if (group?.some(({ goneAt }) => goneAt >= lastOf(one.readings).askedAt)) group.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** What agents sent to collectors after these were read the last time, and of which they heard nothing while these were there. */
function arrivedCredit(observed: Observed, collectors: readonly EndedIncarnation[]): Credit {
  const { incarnations, since, bounds } = observed;
  const from = Math.min(...collectors.map(({ readings }) => lastOf(readings).askedAt));
  const to = Math.max(...collectors.map(({ goneAt }) => goneAt));
  const sent = totalAfter(incarnations, 'application', 'exported', since, to);
  const taken = totalUntil(incarnations, 'agent', 'spans_submitted', since, from);
  // Those that no collector took have a credit of their own.
  const failed = totalUntil(incarnations, 'agent', 'spans_failures', since, to);
  return {
    component: 'collector',
    cause: 'on its way to a process that ended',
    isCounted: false,
    from: openedAt(observed, from),
    to,
    capacity: Math.max(0, Math.min(collectors.length * collectorBuffers(bounds), sent - taken - failed)),
  };
}

function lastOf(readings: Incarnation['readings']): Reading {
  return readings.at(-1) ?? readings[0];
}

/**
 * Spans that Jaeger calls saved and that were not written at the last reading: "saved" means taken by the bulk worker. There is
 * one, which takes nothing while it writes, so that a request that ended well after a reading had all that was saved by then.
 */
function unwritten(readings: readonly Reading[], limit: number, seen = readings.at(-1)): number {
  const last = readings.at(-1);
  if (last === undefined || seen === undefined) return 0;
  const written = readings.findLast((one) => counterOf(one, 'bulk_inserts') < counterOf(seen, 'bulk_inserts'));
  if (written === undefined) return limit;
  return Math.min(limit, counterOf(last, 'spans_saved') - counterOf(written, 'spans_saved'));
}

/** When the earliest spans were made that may have been lost after a moment: since the fault they may have waited. */
function openedAt({ faultAt, bounds }: Observed, moment: number): number {
  return Math.min(moment, faultAt) - bounds.transitMillis;
}
