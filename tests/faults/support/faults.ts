import { randomUUID } from 'node:crypto';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { collectorPorts } from '../../../infra/jaeger/ports.ts';
import { serviceNames } from '../../../infra/jaeger/endpoints.ts';
import { writePassword } from '../../e2e/support/externalStorage.ts';
import { nodeRootfs, runIn } from '../../e2e/support/host.ts';
import { pauseProcesses } from '../../e2e/support/podProcesses.ts';
import { restartRollout, rolledOut } from '../../e2e/support/rollout.ts';
import { networkProcess, type Component, type FaultStack } from './faultStack.ts';

/** When a fault began, and when it ended: a killed process is not there any more at once. Milliseconds since the epoch. */
export interface Inflicted {
  readonly at: number;
  readonly endAt: number;
}

/** What is interrupted, as it is seen from outside: new spans are not found, or the query service does not answer. */
export type Interruption = 'storing' | 'queries';

/** Something that goes wrong. */
export interface Fault {
  /** What a pod and a service can be called. */
  readonly name: string;
  /** For who reads the table. */
  readonly title: string;
  /** Whether collectors get another password. @defaultValue false */
  readonly replacesClients?: boolean;
  /** How many processes it ends. No other may end. @defaultValue none */
  readonly ends?: Readonly<Partial<Record<'agent' | 'collector', number>>>;
  /** What it must be seen to interrupt: else it was not inflicted. @defaultValue nothing */
  readonly interrupts?: Interruption;
  /** Resolves when it has ended. */
  inflict(stack: FaultStack): Promise<Inflicted>;
}

const OUTAGE_MILLIS = 20_000;
/** Of the disk that is left: the flood-stage watermark is at 95 % (Elasticsearch 7.17). */
const LEFT_SHARE = 0.03;
/** The node looks at its disk every 10 s. */
const FULL_MILLIS = 25_000;

const collectorsAndQueries = [serviceNames.collector, serviceNames.query];

/** In the order in which they are inflicted: whoever is killed twice is started again later, by the kubelet's back-off. */
export const faults: readonly Fault[] = [
  { name: 'none', title: 'none', inflict: () => lasting(() => sleep(OUTAGE_MILLIS / 2)) },
  {
    name: 'query-killed',
    title: 'query services killed (-9), both',
    interrupts: 'queries',
    inflict: (stack) => killed(stack, 'query'),
  },
  {
    name: 'agent-killed',
    title: 'agent killed (-9)',
    ends: { agent: 1 },
    inflict: (stack) => killed(stack, 'agent'),
  },
  {
    name: 'collector-killed',
    title: 'one collector killed (-9)',
    ends: { collector: 1 },
    inflict: (stack) => killed(stack, 'collector', 1),
  },
  {
    name: 'rolling-update',
    title: 'rolling update of collectors and query services',
    ends: { collector: 2 },
    inflict: rollingUpdate,
  },
  {
    name: 'collectors-killed',
    title: 'both collectors killed (-9)',
    ends: { collector: 2 },
    inflict: (stack) => killed(stack, 'collector'),
  },
  {
    name: 'partition',
    title: `no way from the agent to the collectors, ${OUTAGE_MILLIS / 1000} s`,
    interrupts: 'storing',
    inflict: partition,
  },
  {
    name: 'storage-killed',
    title: 'Elasticsearch killed (-9)',
    interrupts: 'storing',
    inflict: (stack) => killed(stack, 'elasticsearch'),
  },
  {
    name: 'storage-paused',
    title: `Elasticsearch paused, ${OUTAGE_MILLIS / 1000} s`,
    interrupts: 'storing',
    inflict: paused,
  },
  {
    name: 'disk-full',
    title: `Elasticsearch's disk full, ${FULL_MILLIS / 1000} s`,
    interrupts: 'storing',
    inflict: diskFull,
  },
  {
    name: 'password-rotated',
    title: 'Elasticsearch has another password, the Secret too',
    replacesClients: true,
    interrupts: 'storing',
    inflict: passwordRotated,
  },
];

async function lasting(work: () => Promise<unknown>): Promise<Inflicted> {
  const at = Date.now();
  await work();
  return { at, endAt: Date.now() };
}

/** @param count - of its processes, the first by name. Left out: all */
async function killed(stack: FaultStack, component: Component, count?: number): Promise<Inflicted> {
  const processes = (await stack.processes(component)).slice(0, count);
  return lasting(() => {
    for (const pid of processes) process.kill(pid, 'SIGKILL');
    return Promise.resolve();
  });
}

async function paused(stack: FaultStack): Promise<Inflicted> {
  const processes = await stack.processes('elasticsearch');
  return lasting(async () => {
    using _paused = pauseProcesses(processes);
    await sleep(OUTAGE_MILLIS);
  });
}

function rollingUpdate({ kube, namespace }: FaultStack): Promise<Inflicted> {
  const rollout = { namespace, deployments: collectorsAndQueries };
  return lasting(async () => {
    await restartRollout(kube, rollout);
    await rolledOut(kube, rollout);
  });
}

/** What the agents' pods send to the collectors' port is thrown away, without a word to them. */
async function partition(stack: FaultStack): Promise<Inflicted> {
  const rootfs = await nodeRootfs();
  const networks = (await stack.pods('agent')).map(({ metadata }) => {
    const pid = networkProcess(metadata?.uid ?? '');
    if (pid === undefined) throw new Error('the agent’s pod has no network');
    return pid;
  });
  const rule = ['OUTPUT', '-p', 'tcp', '--dport', String(collectorPorts.grpc.number), '-j', 'DROP'];
  const change = async (how: '-I' | '-D'): Promise<void> => {
    for (const pid of networks) await runIn(rootfs, pid, ['iptables-nft', how, ...rule]);
  };
  return lasting(async () => {
    await change('-I');
    try {
      await sleep(OUTAGE_MILLIS);
    } finally {
      await change('-D');
    }
  });
}

/** Fills the disk of the data, which is a small one of its own, beyond the flood-stage watermark. */
async function diskFull(stack: FaultStack): Promise<Inflicted> {
  const [pid] = await stack.processes('elasticsearch');
  const [pod] = await stack.pods('elasticsearch');
  const mounts = pod?.spec?.containers.flatMap(({ volumeMounts }) => volumeMounts ?? []) ?? [];
  const directory = `/proc/${String(pid)}/root${mounts.find(({ name }) => name === 'data')?.mountPath ?? ''}`;
  const filler = `${directory}/filler`;
  return lasting(async () => {
    const { bavail, blocks, bsize } = statfsSync(directory);
    if (blocks * bsize > 2 ** 30) throw new Error(`${directory} is no disk of the test’s: ${blocks * bsize} bytes`);
    try {
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail - Math.floor(blocks * LEFT_SHARE)) * bsize));
      await sleep(FULL_MILLIS);
    } finally {
      rmSync(filler, { force: true });
    }
  });
}

/** As who rotates a password without a second user does: both at once. */
function passwordRotated({ kube, namespace, search }: FaultStack): Promise<Inflicted> {
  const password = `second-${randomUUID()}`;
  return lasting(() => Promise.all([search.change({ password }), writePassword(kube, namespace, password)]));
}
