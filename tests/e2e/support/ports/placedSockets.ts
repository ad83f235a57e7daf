import { CoreV1Api, type KubeConfig, type V1Node, type V1Pod } from '@kubernetes/client-node';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { clusterStatus } from '../../../../tools/cluster/clusterStatus.ts';
import { parseForwarderRecord } from '../../../../tools/cluster/forwarder/forwarderRecord.ts';
import { readLiveGateway } from '../../../../tools/gateway/gatewayRecord.ts';
import { readJsonIfPresent } from '../../../../tools/process/privateFiles.ts';
import type { ExpectedPort } from '../../../support/expectedPorts.ts';
import { listeningSockets, type ListeningSocket } from '../../../support/listeningSockets.ts';

/** A socket that listens, as the table of expected ports says it. */
export interface PlacedSocket extends Pick<ExpectedPort, 'where' | 'program' | 'protocol' | 'port'> {
  /** Whether only programs of its own network namespace get there. */
  readonly isLoopback: boolean;
  /** The port, where `port` says only that the system chose it. */
  readonly number: number;
  /** Address of the pod or the node; the machine's own have none. */
  readonly hostAddress?: string;
}

/** A running cluster, to look at. */
export interface SeenCluster {
  /** First process of its only node. */
  readonly nodePid: number;
  readonly sockets: readonly PlacedSocket[];
}

/** A place, program and port, in one text. */
export function portKey({ where, program, protocol, port }: Omit<ExpectedPort, 'access' | 'why'>): string {
  return `${where} ${program} ${protocol} ${port}`;
}

/**
 * Every socket that listens on the node, in the pods of some namespaces, and in the commands that serve the cluster.
 * @param namespaces - Pods of other namespaces are other tests'.
 */
export async function seeCluster(
  kube: KubeConfig,
  cluster: { readonly name: string; readonly checkout: string },
  namespaces: readonly string[],
): Promise<SeenCluster> {
  const { pid, stateDirectory, nodes } = await clusterStatus(cluster);
  if (pid === undefined) throw new Error(`the cluster ${cluster.name} does not run`);
  const core = kube.makeApiClient(CoreV1Api);
  const [{ items: ofPods }, { items: ofCluster }] = await Promise.all([
    core.listPodForAllNamespaces(),
    core.listNode(),
  ]);
  const pods = new Map(ofPods.map((pod) => [pod.metadata?.name ?? '', pod]));
  const nodeAddresses = new Map(ofCluster.map((node) => [node.metadata?.name ?? '', addressOf(node)]));
  const ofNodes = listeningSockets(pid).flatMap((socket) => {
    const pod = pods.get(socket.hostName);
    if (pod !== undefined && !namespaces.includes(pod.metadata?.namespace ?? '')) return [];
    if (pod !== undefined) return [placed(socket, workloadOf(pod), pod.status?.podIP)];
    if (!nodes.some(({ name }) => name === socket.hostName)) return [];
    return [placed(socket, 'node', nodeAddresses.get(socket.hostName))];
  });
  const ofMachine = commandsOf(stateDirectory).flatMap(({ program, pid: command }) =>
    listeningSockets(command).map((socket) => ({ ...placed(socket, 'machine'), program, port: '*' })),
  );
  return { nodePid: pid, sockets: [...ofNodes, ...ofMachine] };
}

function placed(socket: ListeningSocket, where: string, hostAddress?: string): PlacedSocket {
  // The kernel calls a program by the name of its first thread.
  const program = socket.program === 'MainThread' ? 'node' : (socket.program ?? 'the kernel');
  const isLoopback = socket.address === 'loopback';
  // Where its streams go through is chosen anew with each start.
  const port = program === 'containerd' && isLoopback ? '*' : String(socket.port);
  return {
    where,
    program,
    protocol: socket.protocol,
    port,
    number: socket.port,
    isLoopback,
    ...(hostAddress && { hostAddress }),
  };
}

function addressOf({ status }: V1Node): string | undefined {
  return status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;
}

function workloadOf({ metadata }: V1Pod): string {
  const { labels = {}, name = '' } = metadata ?? {};
  return labels['app.kubernetes.io/name'] ?? labels['k8s-app'] ?? name;
}

/** The forwarder to the API server, and the gateways of every stack; on ports that are free. */
function commandsOf(stateDirectory: string): readonly { readonly program: string; readonly pid: number }[] {
  const forwarder = parseForwarderRecord(readJsonIfPresent(join(stateDirectory, 'forwarder.json')));
  if (forwarder === undefined) throw new Error('the cluster has no forwarder to its API server');
  const gateways = readdirSync(join(stateDirectory, 'gateways'), { recursive: true, encoding: 'utf8' }).flatMap(
    (path) => {
      const record = !path.endsWith('gateway.json')
        ? undefined
        : readLiveGateway(join(stateDirectory, 'gateways', path));
      if (record === undefined) return [];
      return [
        { program: path.endsWith(join('page', 'gateway.json')) ? 'page-gateway' : 'gateway', pid: record.process.pid },
      ];
    },
  );
  return [{ program: 'forwarder', pid: forwarder.process.pid }, ...gateways];
}
