import { setTimeout as sleep } from 'node:timers/promises';
import { attributeLosses, type Attribution } from '../accounting/attributeLosses.ts';
import { countedLosses, creditsOf, queuedIn, type Observed } from '../accounting/credits.ts';
import { incarnationsOf, type Incarnation, type Source } from '../accounting/reading.ts';
import { isFresh, recoverySeconds } from '../accounting/recovery.ts';
import { secondsUntil } from '../../e2e/support/statusOf.ts';
import { Application, type ApplicationReport, type MadeSpan } from './application.ts';
import type { FaultStack } from './faultStack.ts';
import type { Fault, Inflicted, Interruption } from './faults.ts';
import { Recorder, STORAGE_ANSWER_MILLIS, type Recording, type Watched } from './recorder.ts';
import { wireReadings } from './wire.ts';

/** What a fault under a steady load came to. */
export interface Endured {
  readonly title: string;
  readonly created: number;
  /** Each counted once. */
  readonly stored: number;
  readonly duplicates: number;
  readonly lost: number;
  /** What the components say that they lost, by counter. */
  readonly counted: Readonly<Record<string, number>>;
  readonly attributions: readonly Attribution[];
  readonly unattributed: number;
  /** When the fault began: what windows are told from. */
  readonly faultAt: number;
  /** Until spans are stored as before, from when the fault ended. Undefined when that was not seen. */
  readonly recoverySeconds: number | undefined;
  /** Until each pod of the query service answers, from when the fault ended. */
  readonly queryRecoverySeconds: number;
  /** Processes that ended, by component. */
  readonly ended: Readonly<Partial<Record<Source, number>>>;
  /** What was interrupted from the beginning of the fault on. */
  readonly interrupted: readonly Interruption[];
  /** Of the application itself, by what they were. */
  readonly applicationErrors: Readonly<Record<string, number>>;
  readonly report: ApplicationReport;
}

const SPANS_PER_SECOND = 300;
const CALM_MILLIS = 8000;
/** It goes on being well for so long. */
const STEADY_MILLIS = 6000;
const RECOVERY_SECONDS = 180;
const SETTLE_SECONDS = 60;
const WATCH_MILLIS = 500;
/** Who does not see the pods for so long misses what they count. */
const BLIND_MILLIS = 10_000;

/** Loads a stack, inflicts a fault, waits until all is well again, ends the load, and looks every span up. */
export async function endure(stack: FaultStack, fault: Fault): Promise<Endured> {
  const since = Date.now();
  using recorder = new Recorder(stack.nodePid);
  await using application = await Application.start(stack.kube, stack.nodePid, stack.application, {
    name: `${fault.name}-${since.toString(36)}`,
    agentAddress: stack.agentAddress,
    spansPerSecond: SPANS_PER_SECOND,
    spansPerPacket: stack.bounds.spansPerPacket,
  });
  await using _watching = watchPods(stack, application, recorder);
  await secondsUntil('everybody is read', async () =>
    // A busy API server may refuse for some seconds.
    stack.watched(application).then(
      (watched) => everybodyRead(recorder.recording, watched),
      (error: unknown) => ({ done: false, seen: String(error) }),
    ),
  );
  await application.begin();
  await secondsUntil('spans are stored', () => isSteady(recorder.recording, 0));
  await sleep(CALM_MILLIS);
  const inflicted = await fault.inflict(stack);
  await secondsUntil('recovered', () => isSteady(recorder.recording, inflicted.endAt), RECOVERY_SECONDS);
  const stoppedAt = Date.now();
  const report = await application.stop();
  const made = await application.made();
  const stored = await settledSpans(stack, application.name, made, recorder);
  return accountFor(fault, { since, inflicted, stoppedAt, report, made, stored, recording: recorder.recording, stack });
}

interface Evidence {
  readonly since: number;
  readonly inflicted: Inflicted;
  /** When the load was ended: nothing new is found later. */
  readonly stoppedAt: number;
  readonly report: ApplicationReport;
  readonly made: readonly MadeSpan[];
  readonly stored: ReadonlyMap<string, number>;
  readonly recording: Recording;
  readonly stack: FaultStack;
}

function accountFor(fault: Fault, evidence: Evidence): Endured {
  const { since, inflicted, stoppedAt, report, made, stored, recording, stack } = evidence;
  const application = recording.readings.find(({ source }) => source === 'application')?.pod ?? '';
  const readings = [...recording.readings, ...wireReadings(application, recording.wire)];
  const incarnations = incarnationsOf(readings, recording.silences);
  const { replacesClients = false, ends = {} } = fault;
  const observed: Observed = {
    incarnations,
    since,
    faultAt: inflicted.at,
    ends: (['agent', 'collector'] as const).filter((each) => ends[each] !== undefined),
    replacesClients,
    bounds: stack.bounds,
  };
  const lost = made.filter(({ spanId }) => !stored.has(spanId)).map(({ at }) => at);
  const { attributions, unattributed } = attributeLosses(lost, creditsOf(observed));
  const during = <Timed extends { readonly at: number }>(list: readonly Timed[]): readonly Timed[] =>
    takenSince(list, inflicted.at).filter(({ at }) => at <= stoppedAt);
  const looks = during(recording.freshness);
  const unanswered = during(recording.queries).filter(({ answered }) => !answered);
  return {
    title: fault.title,
    created: made.length,
    stored: stored.size,
    duplicates: documentsOf(stored) - stored.size,
    lost: lost.length,
    counted: countedLosses(observed),
    attributions,
    unattributed: unattributed.length,
    faultAt: inflicted.at,
    recoverySeconds: recoverySeconds(inflicted.endAt, lost, looks),
    queryRecoverySeconds: Math.max(0, (unanswered.at(-1)?.at ?? 0) - inflicted.endAt) / 1000,
    ended: endedBySource(incarnations),
    interrupted: [
      ...(looks.every(isFresh) ? [] : (['storing'] as const)),
      ...(unanswered.length === 0 ? [] : (['queries'] as const)),
    ],
    applicationErrors: report.errors,
    report,
  };
}

function takenSince<Timed extends { readonly at: number }>(list: readonly Timed[], moment: number): readonly Timed[] {
  return list.filter(({ at }) => at >= moment);
}

/** Agents and collectors that are gone: the application ends when all is over. */
function endedBySource(incarnations: readonly Incarnation[]): Endured['ended'] {
  const ended: Partial<Record<Source, number>> = {};
  for (const { source, goneAt } of incarnations)
    if (goneAt !== undefined && source !== 'application') ended[source] = (ended[source] ?? 0) + 1;
  return ended;
}

/** Whether every process and every network that losses are told from has been read. */
function everybodyRead({ readings, freshness, queries, wire }: Recording, watched: Watched) {
  const { application, agents, collectors } = watched;
  const counting = [application.pod, ...Object.keys(agents), ...Object.keys(collectors)];
  const unread = [
    ...counting.filter((name) => !readings.some(({ pod }) => pod === name)),
    ...Object.keys(watched.queries).filter((name) => !queries.some(({ pod, answered }) => pod === name && answered)),
    ...[application.pod, ...Object.keys(agents)]
      .filter((name) => !wire.some(({ snmpByPod }) => (snmpByPod[name] ?? '') !== ''))
      .map((name) => `the network of ${name}`),
    ...(freshness.length === 0 ? ['the storage'] : []),
  ];
  return { done: unread.length === 0, seen: { unread } };
}

/** For some seconds every search has found new spans, and every query was answered. */
function isSteady({ freshness, queries }: Recording, endAt: number) {
  const from = Math.max(endAt, Date.now() - STEADY_MILLIS);
  const recent = takenSince(freshness, from);
  const areFresh = recent.every(isFresh);
  const isAnswered = takenSince(queries, from).every(({ answered }) => answered);
  const lasted = Date.now() - endAt >= STEADY_MILLIS && recent.length >= STEADY_MILLIS / STORAGE_ANSWER_MILLIS;
  return { done: lasted && areFresh && isAnswered, seen: { lasted, areFresh, isAnswered, last: recent.at(-1) } };
}

/** What is stored once nothing is on its way any more. */
async function settledSpans(
  stack: FaultStack,
  service: string,
  made: readonly MadeSpan[],
  recorder: Recorder,
): Promise<ReadonlyMap<string, number>> {
  let stored: ReadonlyMap<string, number> = new Map();
  let documents = 0;
  let unchanged = 0;
  await secondsUntil(
    'all that is on its way is stored',
    async () => {
      await sleep(1000);
      const now = await stack.storedSpans(service);
      const total = documentsOf(now);
      // Copies of what is there may still come.
      const isStill = now.size === stored.size && total === documents && held(recorder.recording) === 0;
      unchanged = isStill ? unchanged + 1 : 0;
      stored = now;
      documents = total;
      const enough = stored.size === made.length ? 2 : 4;
      return { done: unchanged >= enough, seen: { stored: stored.size, unchanged } };
    },
    SETTLE_SECONDS,
  );
  return stored;
}

/** Spans in the queues of the collectors that live. */
function held({ readings, silences }: Recording): number {
  return incarnationsOf(readings, silences)
    .filter(({ source, goneAt }) => source === 'collector' && goneAt === undefined)
    .reduce((sum, { readings: [first, ...others] }) => sum + queuedIn(others.at(-1) ?? first), 0);
}

function documentsOf(stored: ReadonlyMap<string, number>): number {
  return [...stored.values()].reduce((sum, count) => sum + count, 0);
}

/** Tells the recorder of every pod that comes and goes, until it is disposed of. A busy API server may refuse for some seconds. */
function watchPods(stack: FaultStack, application: Application, recorder: Recorder): AsyncDisposable {
  const end = new AbortController();
  const watch = async (): Promise<void> => {
    let told = '';
    for (let lookedAt = Date.now(); !end.signal.aborted; await sleep(WATCH_MILLIS)) {
      try {
        const watched = await stack.watched(application);
        const text = JSON.stringify(watched);
        if (text !== told) recorder.watch(watched);
        told = text;
        lookedAt = Date.now();
      } catch (error) {
        if (Date.now() - lookedAt > BLIND_MILLIS) throw error;
      }
    }
  };
  const watching = watch();
  // Told where it is waited for.
  watching.catch(() => undefined);
  return {
    [Symbol.asyncDispose]: async () => {
      end.abort();
      await watching;
    },
  };
}
