import type { Check, CheckResult, Component, Need } from './check.ts';
import type { Clock } from './clock.ts';
import { NotCheckableError, type Deployment } from './deployment.ts';
import { worstOf, type Finding } from './finding.ts';
import { describeRefusal } from './refusal.ts';
import { unlessAborted } from './unlessAborted.ts';

/** How checks are run. */
export interface RunOptions {
  readonly deployment: Deployment;
  /** What the user has given; checks that need more are not run. */
  readonly given: ReadonlySet<Need>;
  /** Ends the run: what has been checked by then is told. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Hears of each check that is run, when it begins. */
  readonly onStart?: (check: Check) => void;
  /** Hears of each of them when it has ended; undefined for one that was cut short, or about nothing which this deployment has. */
  readonly onEnd?: (check: Check, result: CheckResult | undefined) => void;
  /** Hears what a check has thrown; its result says so too. */
  readonly onError?: (check: Check, error: unknown) => void;
}

/** A check that was not run, or not to its end; so is a probe that the user has ended. */
export interface NotRun {
  readonly check: string;
  readonly component: Component;
  readonly title: string;
  /**
   * `needs`: it needs what was not given. `absent`: it is about something that this deployment does not have. `ended`: the user has ended
   * the command before.
   */
  readonly why: 'needs' | 'absent' | 'ended';
  /** What it needs and was not given. */
  readonly needs: readonly Need[];
}

/** What an examination came to; each check is in one of both. */
export interface Examination {
  /** In the order of the checks. */
  readonly results: readonly CheckResult[];
  /** In the order of the checks. */
  readonly notRun: readonly NotRun[];
}

const defaultSeconds = 30;
// Two cores, one API server: more at once would measure each other.
const together = 6;
/** How long a check that must end may take to clean up. */
const graceMillis = 10_000;

/** What a check needs that was not given. */
export function missingNeeds({ needs = [] }: Check, given: ReadonlySet<Need>): readonly Need[] {
  return needs.filter((need) => !given.has(need));
}

/**
 * Runs checks, those that change nothing first and together; those that do, one after the other. One that throws or is late is
 * `unchecked` and stops no other. Whatever must end has ten seconds to clean up. Throws nothing, also when `signal` ends it.
 */
export async function runChecks(checks: readonly Check[], options: RunOptions): Promise<Examination> {
  const { given, signal, onStart, onEnd } = options;
  const wanted = checks.filter((check) => missingNeeds(check, given).length === 0);
  const results = new Map<Check, CheckResult | undefined>();
  const run = async (check: Check): Promise<void> => {
    if (signal.aborted) return;
    onStart?.(check);
    const result = await runCheck(check, options);
    if (result !== 'ended') results.set(check, result);
    onEnd?.(check, result === 'ended' ? undefined : result);
  };
  await inTurns(
    wanted.filter((check) => !isActive(check)),
    together,
    run,
  );
  await inTurns(wanted.filter(isActive), 1, run);
  return {
    results: checks.flatMap((check) => results.get(check) ?? []),
    notRun: checks
      .filter((check) => results.get(check) === undefined)
      .map((check) => {
        const { id, component, title } = check;
        const needs = missingNeeds(check, given);
        const why = needs.length > 0 ? 'needs' : results.has(check) ? 'absent' : 'ended';
        return { check: id, component, title, why, needs };
      }),
  };
}

function isActive({ needs = [] }: Check): boolean {
  return needs.includes('active');
}

async function inTurns<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}

/** Undefined for a check that is about nothing which this deployment has. */
async function runCheck(check: Check, options: RunOptions): Promise<CheckResult | 'ended' | undefined> {
  const { id, component, title } = check;
  const { clock } = options;
  const started = clock.nowMillis();
  const findings = await findingsOf(check, options);
  if (findings === undefined || findings === 'ended') return findings;
  const seconds = (clock.nowMillis() - started) / 1000;
  return { check: id, component, title, outcome: worstOf(findings.map(({ outcome }) => outcome)), findings, seconds };
}

async function findingsOf(check: Check, options: RunOptions): Promise<readonly Finding[] | 'ended' | undefined> {
  const { deployment, clock } = options;
  const { timeoutSeconds = defaultSeconds } = check;
  using late = clock.deadline(timeoutSeconds * 1000);
  const signal = AbortSignal.any([late.signal, options.signal]);
  const work = look(check, deployment, signal);
  try {
    return await unlessAborted(work, signal);
  } catch (error) {
    // What ends the command while a late check cleans up does not make it one that was cut short.
    const isEnded = options.signal.aborted;
    if (signal.aborted) await settled(work, clock);
    if (isEnded) return 'ended';
    const told = late.signal.aborted ? tooSlow(timeoutSeconds, error) : error;
    options.onError?.(check, told);
    return [{ outcome: 'unchecked', subject: check.id, expected: check.title, ...describeRefusal(told) }];
  }
}

async function look(
  check: Check,
  deployment: Deployment,
  signal: AbortSignal,
): Promise<readonly Finding[] | undefined> {
  if (check.applies !== undefined && !(await check.applies(deployment))) return undefined;
  const findings = await check.run({ deployment, signal });
  if (findings.length > 0) return findings;
  throw new NotCheckableError(
    'there was nothing to look at',
    'see whether the stack is deployed whole (`npm run status`), then run the check again with --only',
  );
}

/** Waits until a check that was told to end has cleaned up, but not for ever. */
async function settled(work: Promise<unknown>, clock: Clock): Promise<void> {
  using grace = clock.deadline(graceMillis);
  await unlessAborted(work, grace.signal).catch(() => undefined);
}

function tooSlow(seconds: number, cause: unknown): NotCheckableError {
  return new NotCheckableError(
    `it was not done within ${seconds} s`,
    'see whether the cluster is busy or hangs (`npm run status`), then run the check again with --only',
    cause,
  );
}
