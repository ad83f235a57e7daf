import { setTimeout as sleep } from 'node:timers/promises';
import { COMPONENT_NAMES, NODE_COMPONENT_NAMES, type ComponentName } from './components/component.ts';
import { CONTROLLER_MANAGER_PORT } from './components/kubeControllerManager.ts';
import { KUBE_PROXY_HEALTH_PORT } from './components/kubeProxy.ts';
import { KUBE_ROUTER_HEALTH_PORT } from './components/kubeRouter.ts';
import { SCHEDULER_PORT } from './components/kubeScheduler.ts';
import { ComponentNotReadyError } from './errors/componentNotReadyError.ts';
import { askNodeHealth, type HealthPort } from './nodeHealth.ts';
import { describeDns, describeNode } from './nodeReadiness.ts';
import { readLastLines } from './logTail.ts';
import type { ReadinessContext } from './readinessContext.ts';
import { componentLogPath, readSupervision } from './supervision.ts';

/** One thing that a ready cluster has. */
export interface ReadinessCheck {
  /** What is checked, as users know it. */
  readonly name: ComponentName | 'node' | 'coredns';
  /** Undefined when it is ready, otherwise what is amiss. */
  readonly probe: () => Promise<string | undefined>;
}

const POLL_MILLIS = 100;
const LOG_LINES = 10;
// A process that was started so recently is perhaps one that ends again and again.
const STEADY_SECONDS = 3;

/** Whether the API server answers and has finished its own start. */
export function apiCheck(context: ReadinessContext): ReadinessCheck {
  return { name: 'kube-apiserver', probe: () => expectOk(context.api.get('/readyz')) };
}

/** Every check of the first node and of what there is once, in the order in which its parts need one another. */
export function clusterChecks(context: ReadinessContext): readonly ReadinessCheck[] {
  return [
    isRunning(context, 'etcd'),
    apiCheck(context),
    isHealthy(context, 'kube-controller-manager', { port: CONTROLLER_MANAGER_PORT, scheme: 'https' }),
    isHealthy(context, 'kube-scheduler', { port: SCHEDULER_PORT, scheme: 'https' }),
    ...nodeChecks(context),
    { name: 'coredns', probe: () => describeDns(context) },
  ];
}

/** Every check that a worker has, and the first node too. */
export function nodeChecks(context: ReadinessContext): readonly ReadinessCheck[] {
  return [
    isRunning(context, 'containerd'),
    isRunning(context, 'kubelet'),
    isHealthy(context, 'kube-proxy', { port: KUBE_PROXY_HEALTH_PORT, scheme: 'http' }),
    isHealthy(context, 'kube-router', { port: KUBE_ROUTER_HEALTH_PORT, scheme: 'http' }),
    isRunning(context, 'volume-provisioner'),
    { name: 'node', probe: () => describeNode(context) },
  ];
}

/** How a person is told which part of the cluster it is. */
export function partName(name: ReadinessCheck['name'], { isWorker, nodeName }: ReadinessContext): string {
  return isWorker ? `${nodeName}/${name}` : name;
}

/**
 * Repeats the checks until all pass at least once.
 *
 * @throws ComponentNotReadyError naming the first component that is to blame.
 */
export async function waitUntilReady(
  checks: readonly ReadinessCheck[],
  context: ReadinessContext,
  timeoutMillis: number,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = context.now() + timeoutMillis;
  let pending = await failingChecks(checks);
  while (pending.length > 0) {
    signal?.throwIfAborted();
    if (context.now() > deadline) throw blame(pending, context, timeoutMillis / 1000);
    await sleep(POLL_MILLIS);
    pending = await failingChecks(pending.map(({ check }) => check));
  }
}

/** A check with what it found amiss. */
export interface FailingCheck {
  readonly check: ReadinessCheck;
  readonly detail: string;
}

/** Runs all checks once, side by side; a check that throws fails. */
export async function failingChecks(checks: readonly ReadinessCheck[]): Promise<readonly FailingCheck[]> {
  const details = await Promise.all(checks.map((check) => check.probe().catch((error: unknown) => String(error))));
  return checks.flatMap((check, index) => {
    const detail = details[index];
    return detail === undefined ? [] : [{ check, detail }];
  });
}

function isRunning(context: ReadinessContext, name: ComponentName): ReadinessCheck {
  const probe = (): string | undefined =>
    describeSupervision(readSupervision(context.layout, name, context.now()).state);
  return { name, probe: () => Promise.resolve(probe()) };
}

function isHealthy(context: ReadinessContext, name: ComponentName, health: HealthPort): ReadinessCheck {
  return { name, probe: () => expectOk(askNodeHealth(context.nodePid, health)) };
}

// A component that does not stay up is the cause of what others report.
function blame(pending: readonly FailingCheck[], context: ReadinessContext, seconds: number): ComponentNotReadyError {
  const { layout } = context;
  const components = context.isWorker ? NODE_COMPONENT_NAMES : COMPONENT_NAMES;
  const unsteady = components.find((name) => {
    const { state, ageSeconds } = readSupervision(layout, name, context.now());
    return state !== 'run' || ageSeconds < STEADY_SECONDS;
  });
  const first = pending[0];
  const name = unsteady ?? first?.check.name ?? 'node';
  const detail = unsteady === undefined ? (first?.detail ?? '') : 'its process does not stay up';
  const logPath = componentLogPath(layout, name === 'node' || name === 'coredns' ? 'kubelet' : name);
  return new ComponentNotReadyError(
    partName(name, context),
    detail,
    seconds,
    logPath,
    readLastLines(logPath, LOG_LINES),
  );
}

async function expectOk(
  response: Promise<{ readonly statusCode: number; readonly body: string }>,
): Promise<string | undefined> {
  const { statusCode, body } = await response;
  return statusCode === 200 ? undefined : `its health probe answers ${String(statusCode)}: ${summarize(body)}`;
}

// Of a list of checks, those that failed; otherwise the beginning.
function summarize(body: string): string {
  const lines = body.split('\n').map((line) => line.trim());
  const failed = lines.filter((line) => line.startsWith('[-]'));
  return (failed.length > 0 ? failed : lines).join(' ').slice(0, 200);
}

function describeSupervision(state: string): string | undefined {
  return state === 'run' ? undefined : `runit says: ${state}`;
}
