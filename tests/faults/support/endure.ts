import { setTimeout as sleep } from 'node:timers/promises';
import { attributeLosses, type Attribution } from '../accounting/attributeLosses.ts';
import { countedLosses, creditsOf, type Observed } from '../accounting/credits.ts';
import { counterOf, incarnationsOf } from '../accounting/reading.ts';
import { FRESH_MILLIS, recoverySeconds } from '../accounting/recovery.ts';
import { secondsUntil } from '../../e2e/support/statusOf.ts';
import { Application, type ApplicationReport, type MadeSpan } from './application.ts';
import type { FaultStack } from './faultStack.ts';
import type { Fault, Inflicted } from './faults.ts';
import { Recorder, type Recording } from './recorder.ts';
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
  await secondsUntil('everybody is read', () => everybodyRead(recorder.recording));
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
  const { replacesClients = false } = fault;
  const observed: Observed = { incarnations, since, faultAt: inflicted.at, replacesClients, bounds: stack.bounds };
  const lost = made.filter(({ spanId }) => !stored.has(spanId)).map(({ at }) => at);
  const { attributions, unattributed } = attributeLosses(lost, creditsOf(observed));
  const looks = takenSince(recording.freshness, inflicted.at).filter(({ at }) => at <= stoppedAt);
  const documents = [...stored.values()].reduce((sum, count) => sum + count, 0);
  return {
    title: fault.title,
    created: made.length,
    stored: stored.size,
    duplicates: documents - stored.size,
    lost: lost.length,
    counted: countedLosses(observed),
    attributions,
    unattributed: unattributed.length,
    faultAt: inflicted.at,
    recoverySeconds: recoverySeconds(inflicted.endAt, lost, looks),
    queryRecoverySeconds: queryRecovery(recording, inflicted.endAt),
    applicationErrors: report.errors,
    report,
  };
}

function takenSince<Timed extends { readonly at: number }>(list: readonly Timed[], moment: number): readonly Timed[] {
  return list.filter(({ at }) => at >= moment);
}

function queryRecovery({ queries }: Recording, endAt: number): number {
  const last = queries.findLast(({ answered, at }) => !answered && at > endAt);
  return last === undefined ? 0 : (last.at - endAt) / 1000;
}

function everybodyRead({ readings, freshness, wire }: Recording) {
  const seen = [...new Set(readings.map(({ source, pod }) => `${source} ${pod}`)), freshness.length, wire.length];
  const sources = new Set(readings.map(({ source }) => source));
  return { done: sources.size === 3 && freshness.length > 0 && wire.length > 0, seen };
}

/** For some seconds every search has found new spans, and every query was answered. */
function isSteady({ freshness, queries }: Recording, endAt: number) {
  const from = Math.max(endAt, Date.now() - STEADY_MILLIS);
  const recent = takenSince(freshness, from);
  const isFresh = recent.every(({ at, newest }) => newest !== undefined && at - newest <= FRESH_MILLIS);
  const isAnswered = takenSince(queries, from).every(({ answered }) => answered);
  const lasted = Date.now() - endAt >= STEADY_MILLIS && recent.length >= STEADY_MILLIS / 1000;
  return { done: lasted && isFresh && isAnswered, seen: { lasted, isFresh, isAnswered, last: recent.at(-1) } };
}

/** What is stored once nothing is on its way any more. */
async function settledSpans(
  stack: FaultStack,
  service: string,
  made: readonly MadeSpan[],
  recorder: Recorder,
): Promise<ReadonlyMap<string, number>> {
  let stored: ReadonlyMap<string, number> = new Map();
  let unchanged = 0;
  await secondsUntil(
    'all that is on its way is stored',
    async () => {
      await sleep(1000);
      const now = await stack.storedSpans(service);
      unchanged = now.size === stored.size && held(recorder.recording) === 0 ? unchanged + 1 : 0;
      stored = now;
      return { done: stored.size === made.length || unchanged >= 4, seen: { stored: stored.size, unchanged } };
    },
    SETTLE_SECONDS,
  );
  return stored;
}

/** Spans in the queues of the collectors that live. */
function held({ readings, silences }: Recording): number {
  return incarnationsOf(readings, silences)
    .filter(({ source, goneAt }) => source === 'collector' && goneAt === undefined)
    .reduce((sum, { readings: [first, ...others] }) => {
      const last = others.at(-1) ?? first;
      const gone = ['spans_saved', 'spans_not_saved', 'spans_dropped', 'spans_rejected'];
      return sum + gone.reduce((left, name) => left - counterOf(last, name), counterOf(last, 'spans_received'));
    }, 0);
}

/** Tells the recorder of every pod that comes and goes, until it is disposed of. */
function watchPods(stack: FaultStack, application: Application, recorder: Recorder): AsyncDisposable {
  const end = new AbortController();
  const watch = async (): Promise<void> => {
    for (let told = ''; !end.signal.aborted; await sleep(300)) {
      const watched = await stack.watched(application);
      const text = JSON.stringify(watched);
      if (text !== told) recorder.watch(watched);
      told = text;
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
