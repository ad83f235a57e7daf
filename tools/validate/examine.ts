import type { Phases } from '../console/phases.ts';
import type { PhaseDisplay } from '../console/phaseDisplay.ts';
import type { Check, CheckResult, Need } from './check.ts';
import type { Clock } from './clock.ts';
import { StackAbsentError, type Deployment } from './deployment.ts';
import type { Probe } from './probe.ts';
import { showProgress } from './progress.ts';
import { describeRefusal } from './refusal.ts';
import { createReport, type ProbeResult, type Report } from './report/report.ts';
import { missingNeeds, runChecks, type NotRun } from './runChecks.ts';
import { unlessAborted } from './unlessAborted.ts';

/** An examination that a user has asked for. */
export interface ExamineOptions {
  readonly deployment: Deployment;
  readonly checks: readonly Check[];
  readonly probes: readonly Probe[];
  readonly given: ReadonlySet<Need>;
  /** Ends the examination: what has been found by then is told. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly now: () => Date;
  readonly phases: Phases;
  readonly display: PhaseDisplay;
  /** Hears what a check or a probe has thrown. */
  readonly onError?: (name: string, error: unknown) => void;
}

/** How long what all checks share may take before they are run without waiting for it. */
const preparationMillis = 30_000;
/** How long a probe that must end may take to clean up. */
const graceMillis = 10_000;

/** Checks that can be run with what was given. */
export function wantedChecks(checks: readonly Check[], given: ReadonlySet<Need>): readonly Check[] {
  return checks.filter((check) => missingNeeds(check, given).length === 0);
}

/** Whether an examination begins with the engine that drives the stack: what is about applications alone asks for none. */
export function needsEngine(wanted: readonly Check[], probes: readonly Probe[]): boolean {
  return probes.length > 0 || wanted.some(({ component }) => component !== 'runtime');
}

/** Runs checks, then probes, one after the other. Throws nothing: what cannot be examined is told. */
export async function examine(options: ExamineOptions): Promise<Report> {
  const { checks, probes, given, signal, clock, onError } = options;
  const startedAt = options.now().toISOString();
  const started = clock.nowMillis();
  const wanted = wantedChecks(checks, given);
  const deployment = needsEngine(wanted, probes) ? await prepare(options) : options.deployment;
  const { results, notRun } = await runChecks(checks, {
    deployment,
    given,
    signal,
    clock,
    ...showProgress(wanted, options.display, clock.nowMillis),
    onError: (check, error) => onError?.(check.id, error),
  });
  const probed: Probed[] = [];
  for (const probe of probes)
    probed.push(signal.aborted ? { isEnded: true, results: [] } : await runProbe(probe, { ...options, deployment }));
  return createReport({
    stack: deployment.stack,
    ...(await contextOf(deployment)),
    startedAt,
    seconds: (clock.nowMillis() - started) / 1000,
    ...(signal.aborted ? { ended: describeRefusal(signal.reason).found } : {}),
    results: [...results, ...probed.flatMap((each) => each.results)],
    notRun: [...notRun, ...probes.filter((_, index) => probed[index]?.isEnded === true).map(endedProbe)],
    plots: probed.flatMap(({ plots = [] }) => plots),
    tables: probed.flatMap(({ tables = [] }) => tables),
  });
}

/**
 * Has what nearly all checks ask for read beforehand: an engine that must be built takes minutes, and a check's time is its own. What fails is
 * told by the checks. Where the stack is known not to be deployed, what lies in the cluster is somebody else's, and not looked at.
 */
async function prepare({ deployment, signal, clock }: ExamineOptions): Promise<Deployment> {
  await unlessAborted(deployment.engineVersion(), signal).catch(() => undefined);
  if (signal.aborted) return deployment;
  using late = clock.deadline(preparationMillis);
  const shared = Promise.allSettled([deployment.declared(), deployment.kube()]);
  const told = await unlessAborted(shared, AbortSignal.any([late.signal, signal])).catch(() => undefined);
  const reason: unknown = told?.[0].status === 'rejected' ? told[0].reason : undefined;
  return reason instanceof StackAbsentError ? withoutCluster(deployment, reason) : deployment;
}

function withoutCluster(deployment: Deployment, reason: StackAbsentError): Deployment {
  const refuse = (): Promise<never> => Promise.reject(reason);
  return { ...deployment, kube: refuse, namespaces: refuse, live: refuse, pods: refuse };
}

async function contextOf(deployment: Deployment): Promise<Pick<Report, 'context'>> {
  try {
    return { context: await deployment.context() };
  } catch {
    return {};
  }
}

/** What a probe has found. */
interface Probed extends ProbeResult {
  /** Whether the user has ended the command before it was done. */
  readonly isEnded: boolean;
}

async function runProbe(probe: Probe, options: ExamineOptions): Promise<Probed> {
  const { deployment, signal, clock, phases } = options;
  const started = clock.nowMillis();
  const work = phases.run(probe.name, (report) => probe.run({ deployment, signal, report }));
  try {
    return { ...(await unlessAborted(work, signal)), isEnded: false };
  } catch (error) {
    if (signal.aborted) return { results: [], ...(await afterGrace(work, clock)), isEnded: true };
    options.onError?.(probe.name, error);
    return { results: [uncheckedResult(probe, error, (clock.nowMillis() - started) / 1000)], isEnded: false };
  }
}

/** What a probe that must end has found; undefined when it does not end, or ends with an error. */
async function afterGrace(work: Promise<ProbeResult>, clock: Clock): Promise<ProbeResult | undefined> {
  using grace = clock.deadline(graceMillis);
  return await unlessAborted(work, grace.signal).catch(() => undefined);
}

function endedProbe({ name, description, component }: Probe): NotRun {
  return { check: name, component, title: description, why: 'ended', needs: [] };
}

function uncheckedResult({ name, description, component }: Probe, error: unknown, seconds: number): CheckResult {
  return {
    check: name,
    component,
    title: description,
    outcome: 'unchecked',
    findings: [{ outcome: 'unchecked', subject: name, expected: description, ...describeRefusal(error) }],
    seconds,
  };
}
