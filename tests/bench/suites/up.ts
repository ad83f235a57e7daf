import { join } from 'node:path';
import { clustersDirectory, createClusterIdentity } from '../../../tools/cluster/clusterIdentity.ts';
import { createClusterLayout } from '../../../tools/cluster/clusterLayout.ts';
import { clusterProcessIds } from '../../../tools/cluster/clusterMemory.ts';
import { readJsonIfPresent } from '../../../tools/process/privateFiles.ts';
import { parseProcessIdentity } from '../../../tools/process/processIdentity.ts';
import { npmRunJson } from '../../support/commands.ts';
import { atMost, type Figure } from '../figure.ts';
import { proportionalBytes } from '../residentMemory.ts';

const cluster = 'bench';
const gibibyte = 2 ** 30;

export interface UpBenchOptions {
  readonly checkout: string;
  /** Runs of each figure. */
  readonly runs: number;
  readonly report: (text: string) => void;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A cold run compiles Kubernetes: an hour on a slow machine. */
const upTimeoutSeconds = 7200;

/** What runs whenever everything is embedded and the example is deployed, one name for each kind of part. */
const programs = [
  'kube-apiserver',
  'etcd',
  'kubelet',
  'containerd',
  'java',
  'collector-linux',
  'query-linux',
  'agent-linux',
  'postgres',
  'redis-server',
];

/** Times `npm run up` from a full cache without a cluster, and unchanged; and weighs what runs. */
export async function benchUp(options: UpBenchOptions): Promise<readonly Figure[]> {
  const cached: number[] = [];
  const unchanged: number[] = [];
  const memory: number[] = [];
  try {
    for (let run = 1; run <= options.runs; run++) {
      await down(options.checkout);
      cached.push(await timeUp(options.checkout));
      memory.push(residentBytes(options.checkout) / gibibyte);
      unchanged.push(await timeUp(options.checkout));
      options.report(
        `run ${run} of ${options.runs}: ${cached.at(-1)?.toFixed(1) ?? ''} s cached, ${unchanged.at(-1)?.toFixed(1) ?? ''} s unchanged`,
      );
    }
  } finally {
    await down(options.checkout);
  }
  return [
    atMost('up, cached, no cluster', cached, 120, 's'),
    atMost('up, cluster up, no change', unchanged, 20, 's'),
    atMost('everything embedded, proportional set size', memory, 5, 'GiB'),
  ];
}

/**
 * Times one `npm run up` from an empty HOME, which compiles the engine and the cluster. HOME is kept: what it holds makes
 * the next command there a cached one.
 */
export async function benchColdUp(checkout: string, home: string): Promise<readonly Figure[]> {
  const environment = {
    HOME: home,
    XDG_CACHE_HOME: undefined,
    XDG_STATE_HOME: undefined,
    GOCACHE: undefined,
    GOMODCACHE: undefined,
    GOPATH: undefined,
  };
  const started = performance.now();
  const answer = await up(checkout, environment);
  const seconds = (performance.now() - started) / 1000;
  await down(checkout, environment);
  const builds = phaseSeconds(answer, 'toolchain');
  return [
    atMost('up, cold', [seconds], 1800, 's'),
    atMost('up, cold, all but the builds', [seconds - builds], 240, 's'),
  ];
}

async function timeUp(checkout: string): Promise<number> {
  const started = performance.now();
  await up(checkout);
  return (performance.now() - started) / 1000;
}

async function up(checkout: string, env: Environment = {}): Promise<Record<string, unknown>> {
  return npmRunJson('up', ['--cluster', cluster], { cwd: checkout, env, timeoutSeconds: upTimeoutSeconds });
}

async function down(checkout: string, env: Environment = {}): Promise<void> {
  await npmRunJson('down', ['--cluster', cluster], { cwd: checkout, env });
}

function phaseSeconds({ phases }: Record<string, unknown>, phase: string): number {
  const seconds: unknown = typeof phases === 'object' && phases !== null ? Reflect.get(phases, phase) : undefined;
  if (typeof seconds !== 'number') throw new TypeError(`npm run up --json names no duration of its phase "${phase}"`);
  return seconds;
}

/** All that `up` leaves running: the node, its pods, and on the host the API's forwarder and the gateway. */
function residentBytes(checkout: string): number {
  const { cgroupName, stateDirectory } = createClusterIdentity(cluster, checkout, clustersDirectory(process.env));
  const { forwarderFile } = createClusterLayout(stateDirectory);
  const hostProcesses = [forwarderFile, join(stateDirectory, 'gateways', 'dev', 'gateway.json')].map(recordedPid);
  return proportionalBytes([...clusterProcessIds(cgroupName), ...hostProcesses], programs);
}

function recordedPid(record: string): string {
  const value = readJsonIfPresent(record);
  const recorded: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'process') : undefined;
  const identity = parseProcessIdentity(recorded);
  if (identity === undefined) throw new Error(`${record} names no process: it would not be weighed`);
  return String(identity.pid);
}
