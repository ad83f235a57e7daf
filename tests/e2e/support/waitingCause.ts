import type { KubeConfig } from '@kubernetes/client-node';
import { deletePods, podIdentities } from './namespacePods.ts';
import { traceComesBack } from './stackTraces.ts';
import { secondsUntil, statusOf } from './statusOf.ts';

/** Something that keeps Jaeger from starting. */
export interface WaitingCause {
  /** Brings it about. */
  readonly begin: () => Promise<unknown>;
  /** Takes it away. */
  readonly end: () => Promise<unknown>;
  /** What `status` must say, by component. */
  readonly said: Readonly<Record<string, RegExp>>;
}

const JAEGER = ['jaeger-collector', 'jaeger-query'];
const LIMIT_SECONDS = 60;

/**
 * Starts Jaeger's pods anew under a cause, and asserts that `status` names component and cause within a minute, and that a
 * minute after the cause has gone all is well and a trace comes back, though nobody has done anything. Prints both times.
 *
 * @returns how often containers of the namespace had to be started again meanwhile
 */
export async function proveCause(
  kube: KubeConfig,
  namespace: string,
  title: string,
  { begin, end, said }: WaitingCause,
): Promise<number> {
  await begin();
  await deletePods(kube, namespace, JAEGER);
  const named = await secondsUntil(`${title}: named`, () => isSaid(namespace, said));
  await end();
  const healthy = await secondsUntil(`${title}: healthy again`, () => isHealthy(namespace));
  await traceComesBack(kube, namespace, LIMIT_SECONDS - healthy);
  const restarts = Object.values(await podIdentities(kube, namespace)).reduce((sum, count) => sum + count, 0);
  console.info(`${title}: named after ${named.toFixed(1)} s; healthy ${healthy.toFixed(1)} s after it went`);
  return restarts;
}

/** Whether `status` says of each component what it must. */
export async function isSaid(namespace: string, expected: Readonly<Record<string, RegExp>>) {
  const seen = (await statusOf(namespace)).said;
  return { done: Object.entries(expected).every(([component, words]) => words.test(seen[component] ?? '')), seen };
}

/** Whether `status` says that all is well. */
export async function isHealthy(namespace: string) {
  const seen = await statusOf(namespace);
  return { done: seen.healthy, seen: seen.said };
}
