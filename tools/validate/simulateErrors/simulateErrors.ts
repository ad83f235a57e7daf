import type { CheckResult } from '../check.ts';
import type { ProbeContext } from '../probe.ts';
import { describeRefusal } from '../refusal.ts';
import type { ProbeResult } from '../report/report.ts';
import { prometheusWatch, type AlertWatch } from './alertWatch.ts';
import { resolveProvoked, unresolvedGroups } from './errorGroups.ts';
import { ExampleAccess } from './exampleAccess.ts';
import { followScenario, type Followed } from './followScenario.ts';
import { followedTable, resultOf, scenarioId } from './judgeFollowed.ts';
import { RulesPrometheus } from './rulesPrometheus.ts';
import { scenarios, type Scenario } from './scenarios.ts';

/** A Prometheus of the user's may scrape and evaluate every minute. */
const userSeconds = 150;
const ownSeconds = 20;
const cleanUpMillis = 4000;

/**
 * Provokes errors of every category and severity in the example, and follows each to its group, its metric, its alert, its page and its trace.
 * Afterwards the example is as it was, and what was provoked is resolved; so it is where `signal` ends it.
 *
 * @throws NotCheckableError where the stack's example is not there: nothing else is ever made to fail.
 */
export async function simulateErrors({ deployment, signal, report }: ProbeContext): Promise<ProbeResult> {
  const example = await ExampleAccess.open(deployment, signal);
  await using resources = new AsyncDisposableStack();
  const unresolved = new Set<string>();
  for (const { page } of example.services) {
    const before = await unresolvedGroups(page, signal);
    for (const id of before) unresolved.add(id);
    // Also where the signal has ended: nobody has to look at what was provoked.
    resources.defer(() => resolveProvoked(page, before, AbortSignal.timeout(cleanUpMillis)).catch(() => undefined));
  }
  report('waiting for the alert rules');
  const alerts = await watchAlerts();
  const followed: Followed[] = [];
  const results: CheckResult[] = [];
  for (const scenario of scenarios) {
    if (isEnded(signal)) break;
    report(`${scenario.category}, ${scenario.severity}: ${scenario.cause}`);
    try {
      const one = await followScenario(example, scenario, alerts, unresolved, signal);
      followed.push(one);
      results.push(resultOf(one));
    } catch (error) {
      // What was found before is told.
      if (!isEnded(signal)) results.push(notFollowed(scenario, error));
    }
  }
  return { results, tables: followed.length === 0 ? [] : [followedTable(followed)] };

  async function watchAlerts(): Promise<AlertWatch> {
    if (deployment.prometheus !== undefined)
      return prometheusWatch(deployment.prometheus, 'the given Prometheus', userSeconds);
    try {
      const own = resources.use(await RulesPrometheus.start(deployment, example, signal));
      return prometheusWatch(own.url, "a Prometheus with the stack's rules, in a hurry", ownSeconds);
    } catch (error) {
      if (signal.aborted) throw error;
      return {
        where: 'nowhere',
        waitFor: () => Promise.reject(error instanceof Error ? error : new Error(String(error))),
      };
    }
  }
}

/** Asked anew each time: it ends while something is waited for. */
function isEnded({ aborted }: AbortSignal): boolean {
  return aborted;
}

function notFollowed(scenario: Scenario, error: unknown): CheckResult {
  const { category, severity, cause } = scenario;
  const title = `${cause}: an error of the category ${category} and the severity ${severity}`;
  const refusal = describeRefusal(error);
  const findings = [{ outcome: 'unchecked' as const, subject: 'the example', expected: `fails: ${cause}`, ...refusal }];
  return { check: scenarioId(scenario), component: 'runtime', title, outcome: 'unchecked', findings, seconds: 0 };
}
