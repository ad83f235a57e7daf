import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { serviceNames } from '../../../infra/jaeger/endpoints.ts';
import { collectorPorts, queryPorts } from '../../../infra/jaeger/ports.ts';
import type { ApplicationNamespace } from './applicationNamespace.ts';
import { applicationPodSpec } from './applicationNamespace.ts';
import { requestOnePod } from '../../../tools/kube/requestPod.ts';
import { secondsUntil } from './statusOf.ts';

const CONTROL_PORT = 8080;
const CALM_MILLIS = 3000;
const START_SECONDS = 180;

const queries = z.object({
  asked: z.number(),
  failed: z.number(),
  reasons: z.record(z.string(), z.number()),
  resent: z.number(),
  gapSeconds: z.number(),
});

const report = z.object({
  service: z.string(),
  sent: z.number(),
  acknowledged: z.number(),
  unacknowledged: z.number(),
  retried: z.number(),
  retryReasons: z.record(z.string(), z.number()),
  spanGapSeconds: z.number(),
  queries: z.object({ newConnections: queries, keptConnections: queries }),
});

/** What `tools/toolchain/parts/trace-clients/steady-load` counts. */
export type SteadyLoadReport = z.infer<typeof report>;

/** Requests of either kind that went wrong, those that were sent again among them. */
export function failures({ retried, queries: kinds }: SteadyLoadReport): number {
  return Object.values(kinds).reduce((sum, { failed }) => sum + failed, retried);
}

/** What a load came to, and every trace that the collector said it has. */
export interface SteadyLoadResult {
  readonly report: SteadyLoadReport;
  readonly acknowledgedTraces: readonly string[];
}

/** Whom a load is for, and how much it is. */
export interface SteadyLoadOptions {
  /** Name of the pod, and of the spans' service; no other load's. */
  readonly name: string;
  /** Jaeger's namespace, whose query service lets the load's namespace in. */
  readonly tracing: string;
  /** Node of the pod. @defaultValue any */
  readonly nodeName?: string;
  /** @defaultValue 100 */
  readonly spansPerSecond?: number;
}

/** A pod of an application that sends spans over OTLP/gRPC and asks the query service, steadily, until it is stopped. */
export class SteadyLoad implements AsyncDisposable {
  readonly #kube: KubeConfig;
  readonly #namespace: string;
  readonly #pod: string;

  private constructor(kube: KubeConfig, namespace: string, pod: string) {
    this.#kube = kube;
    this.#namespace = namespace;
    this.#pod = pod;
  }

  /**
   * Starts the pod, and returns when spans are acknowledged and queries of each kind are answered. What went wrong until then is
   * not counted: it takes the network policies of each node a second to know a new pod.
   */
  static async start(
    kube: KubeConfig,
    application: ApplicationNamespace,
    options: SteadyLoadOptions,
  ): Promise<SteadyLoad> {
    const { name, tracing, nodeName, spansPerSecond = 100 } = options;
    const host = (service: string): string => `${service}.${tracing}.svc`;
    const container = {
      image: 'tracewright/steady-load:test',
      args: [
        `-collector=${host(serviceNames.collector)}:${collectorPorts.otlpGrpc.number}`,
        `-query=http://${host(serviceNames.query)}:${queryPorts.http.number}`,
        `-service=${name}`,
        `-spans-per-second=${spansPerSecond}`,
        `-control=:${CONTROL_PORT}`,
      ],
      resources: { requests: { cpu: '100m', memory: '64Mi' } },
    };
    const spec = applicationPodSpec(name, container);
    if (nodeName !== undefined) spec.nodeName = nodeName;
    const namespace = application.name;
    await kube.makeApiClient(CoreV1Api).createNamespacedPod({ namespace, body: { metadata: { name }, spec } });
    await using made = new AsyncDisposableStack();
    const load = made.use(new SteadyLoad(kube, namespace, name));
    await secondsUntil('a steady load', () => load.#flows(), START_SECONDS);
    await load.#ask('POST', '/forget', JSON.parse);
    made.move();
    return load;
  }

  /** The counts so far. */
  async report(): Promise<SteadyLoadReport> {
    return report.parse(await this.#ask('GET', '/report', JSON.parse));
  }

  /** Ends the load: what is on its way is waited for. */
  async stop(): Promise<SteadyLoadResult> {
    const last = report.parse(await this.#ask('POST', '/stop', JSON.parse));
    const lines = await this.#ask('GET', '/acknowledged', (body) => body.split('\n').filter(Boolean));
    const acknowledgedTraces = z.array(z.string()).parse(lines);
    if (acknowledgedTraces.length !== last.acknowledged)
      throw new Error(
        `${last.acknowledged} spans were acknowledged, and ${acknowledgedTraces.length} traces are named`,
      );
    return { report: last, acknowledgedTraces };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = { namespace: this.#namespace, name: this.#pod, gracePeriodSeconds: 0 };
    await this.#kube.makeApiClient(CoreV1Api).deleteNamespacedPod(gone);
  }

  /** Nothing has gone wrong for a while. A way to the pod that breaks is tried again. */
  async #flows(): Promise<{ done: boolean; seen: unknown }> {
    const core = this.#kube.makeApiClient(CoreV1Api);
    const { status } = await core.readNamespacedPod({ namespace: this.#namespace, name: this.#pod });
    if (status?.phase !== 'Running') return { done: false, seen: status };
    const report = (): Promise<SteadyLoadReport | string> => this.report().catch(String);
    const before = await report();
    await sleep(CALM_MILLIS);
    const seen = await report();
    if (typeof before === 'string' || typeof seen === 'string') return { done: false, seen };
    const answered = Object.values(seen.queries).every(({ asked, failed }) => asked > failed);
    const calm = failures(seen) === failures(before);
    return { done: calm && answered && seen.acknowledged > before.acknowledged, seen };
  }

  async #ask(method: 'GET' | 'POST', path: string, read: (body: string) => unknown): Promise<unknown> {
    const target = { namespace: this.#namespace, pod: this.#pod, port: CONTROL_PORT };
    const { status, body } = await requestOnePod(this.#kube, target, { method, path });
    if (status !== 200) throw new Error(`the load answered ${method} ${path} with ${status}: ${body}`);
    return read(body);
  }
}
