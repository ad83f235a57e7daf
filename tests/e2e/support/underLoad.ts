import type { KubeConfig } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApplicationNamespace } from './applicationNamespace.ts';
import { SteadyLoad, type SteadyLoadOptions, type SteadyLoadReport } from './steadyLoad.ts';
import { findStoredTraces } from './storedTraces.ts';

/** What clients saw of a disturbance, and what the storage has of what they were promised. */
export interface Disturbance {
  readonly acknowledgedSpans: number;
  /** Acknowledged, and not in the storage. */
  readonly lostSpans: number;
  /** Never acknowledged, however often they were sent. */
  readonly unacknowledgedSpans: number;
  readonly duplicateSpans: number;
  readonly queries: number;
  readonly failedQueries: number;
  /** Of the load itself: what was sent again and why, how long nothing went. */
  readonly load: SteadyLoadReport;
}

/** What went wrong is seen some time after the last pod is as it should be: connections that were kept have been used again. */
const AFTER_MILLIS = 15_000;

/** Disturbs a stack under a steady load, ends the load, and looks every acknowledged span up. */
export async function disturbUnderLoad(
  kube: KubeConfig,
  application: ApplicationNamespace,
  options: SteadyLoadOptions,
  disturb: (load: SteadyLoad) => Promise<unknown>,
): Promise<Disturbance> {
  await using load = await SteadyLoad.start(kube, application, options);
  await disturb(load);
  await sleep(AFTER_MILLIS);
  const { report, acknowledgedTraces } = await load.stop();
  const { missing, duplicates } = await findStoredTraces(kube, options.tracing, acknowledgedTraces);
  const kinds = Object.values(report.queries);
  return {
    acknowledgedSpans: report.acknowledged,
    lostSpans: missing.length,
    unacknowledgedSpans: report.unacknowledged,
    duplicateSpans: duplicates,
    queries: kinds.reduce((sum, { asked }) => sum + asked, 0),
    failedQueries: kinds.reduce((sum, { failed }) => sum + failed, 0),
    load: report,
  };
}

/** One line for who reads the test's output. */
export function describeDisturbance(name: string, disturbance: Disturbance): string {
  const { load, ...counts } = disturbance;
  const { retried, retryReasons, spanGapSeconds, queries } = load;
  return `${name}: ${JSON.stringify({ ...counts, retried, retryReasons, spanGapSeconds, ...queries })}`;
}
