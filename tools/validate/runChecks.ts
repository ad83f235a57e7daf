import { ApiException } from '@kubernetes/client-node';
import { isRecord } from '../values/isRecord.ts';
import type { Check, CheckResult, Need } from './check.ts';
import { NotCheckableError, type Deployment } from './deployment.ts';
import { worstOf, type Finding } from './finding.ts';

/** How checks are run. */
export interface RunOptions {
  readonly deployment: Deployment;
  /** What the user has given; checks that need more are not run. */
  readonly given: ReadonlySet<Need>;
  readonly signal: AbortSignal;
  readonly nowMillis: () => number;
  /** Hears of each check when it begins and when it has ended. */
  readonly onStart?: (check: Check) => void;
  readonly onResult?: (result: CheckResult) => void;
}

/** A check that was not run. */
export interface NotRun {
  readonly check: string;
  /** What it needs and was not given; empty for one that is about something which this deployment does not have. */
  readonly needs: readonly Need[];
}

/** What an examination came to. */
export interface Examination {
  /** In the order of the checks. */
  readonly results: readonly CheckResult[];
  readonly notRun: readonly NotRun[];
}

const defaultSeconds = 30;
// Two cores, one API server: more at once would measure each other.
const together = 6;

/**
 * Runs checks, those that change nothing first and together; those that do, one after the other. One that throws or is late is
 * `unchecked` and stops no other. Throws only when `signal` ends it.
 */
export async function runChecks(checks: readonly Check[], options: RunOptions): Promise<Examination> {
  const lacks = ({ needs = [] }: Check): readonly Need[] => needs.filter((need) => !options.given.has(need));
  const wanted = checks.filter((check) => lacks(check).length === 0);
  const results = new Map<Check, CheckResult>();
  const run = async (check: Check): Promise<void> => {
    options.signal.throwIfAborted();
    options.onStart?.(check);
    const result = await runCheck(check, options);
    if (result === undefined) return;
    results.set(check, result);
    options.onResult?.(result);
  };
  await inTurns(wanted.filter((check) => !isActive(check)), together, run);
  await inTurns(wanted.filter(isActive), 1, run);
  return {
    results: checks.flatMap((check) => results.get(check) ?? []),
    notRun: checks
      .filter((check) => !results.has(check))
      .map((check) => ({ check: check.id, needs: lacks(check) })),
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
async function runCheck(check: Check, options: RunOptions): Promise<CheckResult | undefined> {
  const { id, component, title } = check;
  const started = options.nowMillis();
  const findings = await findingsOf(check, options);
  options.signal.throwIfAborted();
  if (findings === undefined) return undefined;
  const seconds = (options.nowMillis() - started) / 1000;
  return { check: id, component, title, outcome: worstOf(findings.map(({ outcome }) => outcome)), findings, seconds };
}

async function findingsOf(check: Check, options: RunOptions): Promise<readonly Finding[] | undefined> {
  const { deployment } = options;
  const timeoutSeconds = check.timeoutSeconds ?? defaultSeconds;
  const late = AbortSignal.timeout(timeoutSeconds * 1000);
  const signal = AbortSignal.any([late, options.signal]);
  try {
    const work = (async () => {
      if (check.applies !== undefined && !(await check.applies(deployment))) return undefined;
      return check.run({ deployment, signal });
    })();
    const findings = await Promise.race([work, rejectedBy(signal)]);
    return findings?.length === 0 ? [uncheckedFinding(check, new Error('there was nothing to look at'))] : findings;
  } catch (error) {
    const slow = new NotCheckableError(
      `it was not done within ${timeoutSeconds} s`,
      'see whether the cluster is busy or hangs (`npm run status`), then run the check again with --only',
      error,
    );
    return [uncheckedFinding(check, late.aborted ? slow : error)];
  }
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('ended')), { once: true }));
}

/** A check that could not look, as a finding. */
function uncheckedFinding(check: Check, error: unknown): Finding {
  return { outcome: 'unchecked', subject: check.id, expected: check.title, ...describeRefusal(error) };
}

/** Why something could not be looked at, and what to do about it. */
export function describeRefusal(error: unknown): { readonly found: string; readonly mend: string } {
  if (error instanceof NotCheckableError) return { found: error.message, mend: error.mend };
  if (error instanceof ApiException && (error.code === 401 || error.code === 403))
    return {
      found: `the API server refuses it (${error.code}): ${apiMessage(error)}`,
      mend: "give the user of your kubeconfig's context this permission, or run validate as one who has it",
    };
  if (error instanceof ApiException)
    return { found: `the API server answered ${error.code}: ${apiMessage(error)}`, mend: 'mend that, then run it again' };
  const found = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { found, mend: 'mend that, then run it again; TRACEWRIGHT_DEBUG=1 prints where it comes from' };
}

function apiMessage({ body }: ApiException<unknown>): string {
  const status: unknown = typeof body === 'string' ? parseJson(body) : body;
  return isRecord(status) && typeof status['message'] === 'string' ? status['message'] : 'it gives no reason';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
