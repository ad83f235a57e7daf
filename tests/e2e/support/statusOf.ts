import { setTimeout as sleep } from 'node:timers/promises';
import { npmRun, testCluster } from '../../support/commands.ts';

const LOOK_MILLIS = 200;

/** What `npm run status -- --json` says about a namespace. */
export interface NamespaceStatus {
  /** Whether every workload is complete and nothing goes wrong. */
  readonly healthy: boolean;
  /** All that is said about each component: what it waits for, what goes wrong in it and beside it. */
  readonly said: Readonly<Record<string, string>>;
}

interface StatusAnswer {
  readonly workloads: readonly {
    readonly namespace: string;
    readonly name: string;
    readonly complete: boolean;
    readonly waitsFor: readonly string[];
    readonly failures: readonly string[];
  }[];
  readonly problems: readonly { readonly namespace: string; readonly name: string; readonly problem: string }[];
}

/** Asks as a user does. */
export async function statusOf(namespace: string): Promise<NamespaceStatus> {
  const { stdout, stderr } = await npmRun('status', ['--cluster', testCluster, '--json']);
  if (stdout === '') throw new Error(`status answered nothing:\n${stderr}`);
  const { workloads, problems } = JSON.parse(stdout.split('\n').at(-1) ?? '') as StatusAnswer;
  const own = workloads.filter((workload) => workload.namespace === namespace);
  const beside = problems.filter((problem) => problem.namespace === namespace);
  const words = own.map(({ name, waitsFor, failures }) => [name, [...waitsFor, ...failures].join('; ')] as const);
  return {
    healthy:
      own.length > 0 && beside.length === 0 && own.every(({ complete, failures }) => complete && !failures.length),
    said: Object.fromEntries([...words, ...beside.map(({ name, problem }) => [name, problem] as const)]),
  };
}

interface Look {
  readonly done: boolean;
  readonly seen: unknown;
}

/**
 * Looks until something is so.
 *
 * @returns the seconds that it took
 * @throws Error with what was seen last, after `limitSeconds`.
 */
export async function secondsUntil(what: string, look: () => Look | Promise<Look>, limitSeconds = 60): Promise<number> {
  const started = performance.now();
  for (;;) {
    const { done, seen } = await look();
    const seconds = (performance.now() - started) / 1000;
    if (done && seconds <= limitSeconds) return seconds;
    if (seconds > limitSeconds)
      throw new Error(`${what}: not within ${limitSeconds} s; last seen: ${JSON.stringify(seen, undefined, 2)}`);
    await sleep(LOOK_MILLIS);
  }
}
