import { loadavg } from 'node:os';
import { npmRunJson } from '../../support/commands.ts';
import { attackNamespaces, attackSettings, createAttackNamespaces } from '../../e2e/support/attack/attackNamespaces.ts';
import type { AttackResult } from '../../e2e/support/attack/attackResult.ts';
import { runAttacks } from '../../e2e/support/attack/runAttacks.ts';
import { deployOnBothNodes, loadApplication, loadedRollout } from '../../e2e/support/loadedStack.ts';
import { startTwoNodeCluster } from '../../e2e/support/twoNodeCluster.ts';
import { none, observe, type Measured } from '../figure.ts';
import { benchDisturbances } from '../security/benchDisturbances.ts';
import { benchNamespacesPreview } from '../security/benchNamespacesPreview.ts';

/** How the suite `security` is run. */
export interface SecurityBenchOptions {
  readonly checkout: string;
  /** Runs of each preview. */
  readonly runs: number;
  /** Rolling updates, and drains. */
  readonly rounds: number;
  readonly report: (text: string) => void;
}

/** Name of the local cluster that the suite starts and removes. */
const cluster = 'bench';

/**
 * Times previews of many application namespaces; attacks a stack on two nodes; updates and drains it under load. Spans and
 * queries are counted, and every acknowledged span is looked up.
 */
export async function benchSecurity(options: SecurityBenchOptions): Promise<Measured> {
  const load = observe('load average of the machine when the suite began', [loadavg()[0] ?? 0], 'processes');
  await npmRunJson('down', ['--cluster', cluster], { cwd: options.checkout });
  const previews = await benchNamespacesPreview({ ...options, cluster });
  const onCluster = await benchOnCluster(options);
  return {
    figures: [...onCluster.figures, ...previews.figures],
    observations: [load, ...(onCluster.observations ?? []), ...(previews.observations ?? [])],
  };
}

async function benchOnCluster(options: SecurityBenchOptions): Promise<Measured> {
  const { namespace } = loadedRollout;
  await using nodes = await startTwoNodeCluster(cluster);
  await using attackers = await createAttackNamespaces(nodes.kube, namespace);
  const queryNamespaces = [attackNamespaces.readers, loadApplication];
  const network = { ...attackSettings.network, queryNamespaces };
  const application = await deployOnBothNodes(nodes, { ...attackSettings, network });
  options.report('a stack runs on two nodes');
  const attacks = await runAttacks({ ...nodes, namespace });
  options.report(`attacks: ${attacks.network.cells} flows and ${attacks.access.cells} rights tried`);
  await attackers[Symbol.asyncDispose]();
  const disturbances = await benchDisturbances({ ...options, cluster: nodes, application });
  return {
    figures: [
      none('attack matrix, network: wrong cells', [attacks.network.wrong.length], 'cells', inWords(attacks.network)),
      none('attack matrix, access: wrong cells', [attacks.access.wrong.length], 'cells', inWords(attacks.access)),
      ...disturbances.figures,
    ],
    observations: [
      ...observeCells('network', attacks.network),
      ...observeCells('access', attacks.access),
      ...(disturbances.observations ?? []),
    ],
  };
}

function inWords({ cells, needed, forbidden, wrong }: AttackResult): string {
  const tried = `${cells} cells tried: ${needed} needed, ${forbidden} forbidden`;
  return [tried, ...wrong].join('; ');
}

function observeCells(matrix: string, { cells, needed, forbidden }: AttackResult) {
  return [
    observe(`attack matrix, ${matrix}: cells tried`, [cells], 'cells'),
    observe(`attack matrix, ${matrix}: needed`, [needed], 'cells'),
    observe(`attack matrix, ${matrix}: forbidden`, [forbidden], 'cells'),
  ];
}
