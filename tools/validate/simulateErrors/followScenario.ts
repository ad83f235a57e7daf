import { untilFound } from '../checks/runtime/exampleClient.ts';
import { describeRefusal, type Refusal } from '../refusal.ts';
import type { CapturedCounts, ExampleAccess } from './exampleAccess.ts';
import { likeGroups, readGroup, resolveGroup, type GroupDetail } from './errorGroups.ts';
import type { AlertWatch, RaisedState } from './alertWatch.ts';
import type { Scenario } from './scenarios.ts';
import { traceFacts, type TraceFacts } from './traceFacts.ts';

/** What was looked at, or why it could not be. */
export type Looked<T> = { readonly found: T } | { readonly refusal: Refusal };

/** A group of errors after the last of them. */
export interface FollowedGroup {
  readonly detail: GroupDetail;
  /** By how much its count has risen. */
  readonly rise: number;
}

/** Everything that became of a scenario's errors. */
export interface Followed {
  readonly scenario: Scenario;
  /** How many requests were sent, and how often each status came back. */
  readonly sent: number;
  readonly statuses: ReadonlyMap<number, number>;
  /** Whether its group was not unresolved before: else it is left as it is, and cannot come back. */
  readonly isOurs: boolean;
  readonly group: Looked<FollowedGroup | undefined>;
  readonly metric: Looked<CapturedCounts>;
  readonly page: Looked<{ readonly status: number; readonly hasTrace: boolean; readonly isWhole: boolean }>;
  readonly trace: Looked<TraceFacts | undefined>;
  readonly alert: Looked<RaisedState | undefined>;
  /** How long all took. */
  readonly seconds: number;
}

/** What of the example a scenario uses. */
export type FollowedExample = Pick<ExampleAccess, 'service' | 'captured' | 'switchOn' | 'send' | 'trace'>;

const groupSeconds = 10;
const traceSeconds = 30;
const openBefore: Refusal = {
  found: 'its group was unresolved before: it cannot come back',
  mend: "resolve the group on the page's Errors where it is mended, then run it again",
};

/**
 * Provokes the errors of a scenario, resolves their group, provokes one more, and follows them all. What it switches on is off afterwards.
 *
 * @param unresolved - IDs of the groups that are somebody else's: they are never resolved.
 */
export async function followScenario(
  example: FollowedExample,
  scenario: Scenario,
  alerts: AlertWatch,
  unresolved: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Followed> {
  const started = performance.now();
  const { page } = example.service(scenario.group.service);
  const before = await example.captured(scenario);
  const known = new Map((await likeGroups(page, scenario, signal)).map(({ group }) => [group.id, group.count]));
  const statuses = new Map<number, number>();
  const strike = async (times: number): Promise<readonly string[]> => {
    const undo = scenario.failure === undefined ? undefined : await example.switchOn(scenario.failure);
    try {
      const answers = await example.send(scenario, times);
      for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      return answers.flatMap(({ traceId }) => traceId ?? []);
    } finally {
      await undo?.();
    }
  };
  const risen = (least: number): Promise<GroupDetail | undefined> =>
    untilFound(
      async () =>
        (await likeGroups(page, scenario, signal)).find(
          ({ group }) => group.count - (known.get(group.id) ?? 0) >= least,
        ),
      { seconds: groupSeconds, signal },
    );

  await strike(scenario.times);
  if (statuses.get(scenario.status) !== scenario.times) return notProvoked();
  const first = await risen(scenario.times);
  const isOurs = first === undefined || !unresolved.has(first.group.id);
  const wantsBack = scenario.alert === 'TracewrightErrorsCameBack';
  const comesBack = wantsBack && isOurs;
  if (first !== undefined && comesBack) await resolveGroup(page, first.group.id, signal);
  const traceIds = await strike(comesBack ? 1 : 0);
  const sent = scenario.times + (comesBack ? 1 : 0);
  // Together: where the signal ends, each of them is heard.
  const [alert, { detail, ...seen }] = await Promise.all([waitForAlert(), lookAround()]);
  // Nobody has to look at what was provoked.
  if (detail !== undefined && isOurs) await resolveGroup(page, detail.group.id, signal);
  return { scenario, sent, statuses, isOurs, alert, ...seen, seconds: (performance.now() - started) / 1000 };

  async function waitForAlert(): Promise<Followed['alert']> {
    return wantsBack && !isOurs ? { refusal: openBefore } : look(() => alerts.waitFor(scenario, signal), signal);
  }

  async function lookAround(): Promise<
    Pick<Followed, 'group' | 'metric' | 'page' | 'trace'> & { readonly detail: GroupDetail | undefined }
  > {
    const group = await look(async () => {
      const last = (await risen(sent)) ?? first;
      if (last === undefined) return undefined;
      const found = await readGroup(page, last.group.id, signal);
      return { detail: found, rise: found.group.count - (known.get(found.group.id) ?? 0) };
    }, signal);
    const detail = 'found' in group ? group.found?.detail : undefined;
    const traceId = traceIds.at(-1) ?? detail?.event?.traceId;
    return {
      detail,
      group,
      metric: await look(async () => difference(await example.captured(scenario), before), signal),
      page: await look(async () => {
        const { status, body } = await page.ask('', { signal });
        const isPage = status === 200 && body.includes('<html');
        const hasTrace = traceId !== undefined && (detail?.events ?? []).some((event) => event.traceId === traceId);
        return { status: isPage ? 200 : status, hasTrace, isWhole: isPage && (detail?.event?.chain.length ?? 0) > 0 };
      }, signal),
      trace: await look(
        () => untilFound(async () => traceOf(example, scenario, traceId), { seconds: traceSeconds, signal }),
        signal,
      ),
    };
  }

  function notProvoked(): Followed {
    const refused = {
      refusal: { found: 'the errors were not provoked', mend: 'see how the example has answered' },
    };
    const seconds = (performance.now() - started) / 1000;
    const looked = { group: refused, metric: refused, page: refused, trace: refused, alert: refused };
    return { scenario, sent: scenario.times, statuses, isOurs: true, ...looked, seconds };
  }
}

async function traceOf(
  example: FollowedExample,
  scenario: Scenario,
  traceId: string | undefined,
): Promise<TraceFacts | undefined> {
  const trace = traceId === undefined ? undefined : await example.trace(traceId);
  if (trace === undefined) return undefined;
  const facts = traceFacts(trace, scenario);
  // Spans of a trace arrive one after the other.
  return facts.hasError && (facts.hasException || !scenario.trace.exception) ? facts : undefined;
}

function difference(after: CapturedCounts, before: CapturedCounts): CapturedCounts {
  return { category: after.category - before.category, severity: after.severity - before.severity };
}

async function look<T>(work: () => Promise<T>, signal: AbortSignal): Promise<Looked<T>> {
  try {
    return { found: await work() };
  } catch (error) {
    if (signal.aborted) throw error;
    return { refusal: describeRefusal(error) };
  }
}
