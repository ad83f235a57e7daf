import type { ApplicationNamespace } from '../../e2e/support/applicationNamespace.ts';
import { drainNode } from '../../e2e/support/drainNode.ts';
import { loadedRollout, spreadOver } from '../../e2e/support/loadedStack.ts';
import { restartRollout, rolledOut } from '../../e2e/support/rollout.ts';
import type { TwoNodeCluster } from '../../e2e/support/twoNodeCluster.ts';
import { describeDisturbance, disturbUnderLoad, type Disturbance } from '../../e2e/support/underLoad.ts';
import { none, observe, type Measured, type Observation } from '../figure.ts';

/** What {@link benchDisturbances} needs. */
export interface DisturbanceBenchOptions {
  /** With the stack of `deployOnBothNodes`. */
  readonly cluster: TwoNodeCluster;
  /** Namespace of the load. */
  readonly application: ApplicationNamespace;
  /** Of each kind. */
  readonly rounds: number;
  readonly report: (text: string) => void;
}

/** A tenth of what one core of Elasticsearch stored (`npm run bench -- infra`): the load must not bind. */
const spansPerSecond = 500;

/** Replaces every collector and query service by a rolling update, then drains the worker, each under a steady load; and so on. */
export async function benchDisturbances(options: DisturbanceBenchOptions): Promise<Measured> {
  const { kube, nodes } = options.cluster;
  const [, worker] = nodes;
  const updates: Disturbance[] = [];
  const drains: Disturbance[] = [];
  for (let round = 1; round <= options.rounds; round++) {
    updates.push(
      await runRound(options, `rolling update ${round}`, async () => {
        await restartRollout(kube, loadedRollout);
        await rolledOut(kube, loadedRollout);
      }),
    );
    drains.push(
      await runRound(options, `drain ${round}`, async () => {
        await drainNode(kube, worker);
        await rolledOut(kube, loadedRollout);
      }),
    );
    await spreadOver(kube, worker);
  }
  const sets = [judge('rolling update under load', updates), judge('drain of a node under load', drains)];
  return {
    figures: sets.flatMap(({ figures }) => figures),
    observations: sets.flatMap(({ observations }) => observations ?? []),
  };
}

/** The load is on the node that stays. */
async function runRound(
  { cluster, application, report }: DisturbanceBenchOptions,
  name: string,
  disturb: () => Promise<void>,
): Promise<Disturbance> {
  const [nodeName] = cluster.nodes;
  const load = { name: name.replaceAll(' ', '-'), tracing: loadedRollout.namespace, nodeName, spansPerSecond };
  const disturbance = await disturbUnderLoad(cluster.kube, application, load, disturb);
  report(describeDisturbance(name, disturbance));
  return disturbance;
}

function judge(name: string, rounds: readonly Disturbance[]): Measured {
  const of = (read: (round: Disturbance) => number): readonly number[] => rounds.map(read);
  const watch = (what: string, unit: string, read: (round: Disturbance) => number): Observation =>
    observe(`${name}: ${what}`, of(read), unit);
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  return {
    figures: [
      none(
        `${name}: failed queries`,
        of(({ failedQueries }) => failedQueries),
        'queries',
        `of ${sum(of(({ queries }) => queries))} queries in ${rounds.length} rounds`,
      ),
      none(
        `${name}: lost acknowledged spans`,
        of(({ lostSpans }) => lostSpans),
        'spans',
        `of ${sum(of(({ acknowledgedSpans }) => acknowledgedSpans))} spans in ${rounds.length} rounds, each looked up`,
      ),
      none(
        `${name}: spans that were never acknowledged`,
        of(({ unacknowledgedSpans }) => unacknowledgedSpans),
        'spans',
      ),
    ],
    observations: [
      watch('acknowledged spans', 'spans', ({ acknowledgedSpans }) => acknowledgedSpans),
      watch('requests with spans that were sent again', 'requests', ({ load }) => load.retried),
      watch('spans stored twice', 'spans', ({ duplicateSpans }) => duplicateSpans),
      watch('longest time without an acknowledgement', 's', ({ load }) => load.spanGapSeconds),
      watch('queries', 'queries', ({ queries }) => queries),
      watch(
        'longest time without an answer, new connections',
        's',
        ({ load }) => load.queries.newConnections.gapSeconds,
      ),
      watch(
        'longest time without an answer, kept connections',
        's',
        ({ load }) => load.queries.keptConnections.gapSeconds,
      ),
      watch(
        'queries that their client sent again on another connection',
        'queries',
        ({ load }) => load.queries.keptConnections.resent,
      ),
    ],
  };
}
