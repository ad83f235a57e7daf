import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { applicationPodSpec, type ApplicationNamespace } from '../../e2e/support/applicationNamespace.ts';
import { secondsUntil } from '../../e2e/support/statusOf.ts';
import { askFromNode } from './askFromNode.ts';

const CONTROL_PORT = 8080;
const directory = '/app/faults';
const program = 'program.mts';

const counts = z.record(z.string(), z.number());
const report = z.object({
  made: z.number(),
  errors: counts,
  told: counts,
  longestWorkMillis: z.number(),
  spans: z.object({
    created: z.number(),
    exported: z.number(),
    dropped: counts,
    queued: z.number(),
    inFlight: z.number(),
  }),
});
const madeSpans = z.array(z.object({ spanId: z.string(), at: z.number() }));

/** What an application says of itself. */
export type ApplicationReport = z.infer<typeof report>;

/** A span that an application made: its number is its place in the list. */
export type MadeSpan = z.infer<typeof madeSpans>[number];

/** What an application is made of. */
export interface ApplicationOptions {
  /** Name of the pod, and of the spans' service; no other's. */
  readonly name: string;
  /** Address of the agents' Service: a name would be asked for over UDP, where packets are counted. */
  readonly agentAddress: string;
  readonly spansPerSecond: number;
  /** Spans of a packet, at most. */
  readonly spansPerPacket: number;
}

/** A pod of an application that is traced by the runtime and sends its spans to the agent over UDP. */
export class Application implements AsyncDisposable {
  readonly name: string;
  /** Of the pod. */
  readonly address: string;
  readonly uid: string;
  readonly #kube: KubeConfig;
  readonly #nodePid: number;
  readonly #namespace: string;

  private constructor(
    kube: KubeConfig,
    nodePid: number,
    namespace: string,
    pod: Pick<Application, 'name' | 'address' | 'uid'>,
  ) {
    this.#kube = kube;
    this.#nodePid = nodePid;
    this.#namespace = namespace;
    this.name = pod.name;
    this.address = pod.address;
    this.uid = pod.uid;
  }

  /** Puts the program where the pods of a namespace find it. */
  static async publish(namespace: ApplicationNamespace): Promise<void> {
    const source = await readFile(new URL('../application/program.ts', import.meta.url), 'utf8');
    await namespace.createConfigMap('program', { [program]: source });
  }

  /**
   * Starts the pod, which makes no span before {@link begin}.
   *
   * @param nodePid - the first process of the cluster's node
   */
  static async start(
    kube: KubeConfig,
    nodePid: number,
    { name: namespace }: ApplicationNamespace,
    options: ApplicationOptions,
  ): Promise<Application> {
    const { name, agentAddress, spansPerSecond, spansPerPacket } = options;
    const environment = {
      SERVICE: name,
      AGENT_HOST: agentAddress,
      AGENT_PORT: '6832',
      SPANS_PER_SECOND: String(spansPerSecond),
      SPANS_PER_PACKET: String(spansPerPacket),
    };
    const container = {
      image: 'tracewright/checkout:0.1.0',
      args: [`${directory}/${program}`],
      env: Object.entries(environment).map(([key, value]) => ({ name: key, value })),
      resources: { requests: { cpu: '100m', memory: '128Mi' } },
      volumeMounts: [{ name: 'program', mountPath: directory, readOnly: true }],
    };
    const spec = applicationPodSpec(name, container, [{ name: 'program', configMap: { name: 'program' } }]);
    const core = kube.makeApiClient(CoreV1Api);
    await core.createNamespacedPod({ namespace, body: { metadata: { name }, spec } });
    let address = '';
    let uid = '';
    await secondsUntil('an application', async () => {
      const { metadata, status } = await core.readNamespacedPod({ namespace, name });
      ({ podIP: address = '' } = status ?? {});
      ({ uid = '' } = metadata ?? {});
      if (status?.phase !== 'Running') return { done: false, seen: status };
      const answer = await askFromNode(nodePid, { url: `http://${address}:${CONTROL_PORT}/report` }).catch(String);
      return { done: typeof answer !== 'string', seen: answer };
    });
    return new Application(kube, nodePid, namespace, { name, address, uid });
  }

  /** Starts the load. */
  async begin(): Promise<void> {
    await this.#ask('/start');
  }

  report(): Promise<ApplicationReport> {
    return this.#ask('/report').then((answer) => report.parse(answer));
  }

  /** Ends the load: what waits is sent first. */
  stop(): Promise<ApplicationReport> {
    return this.#ask('/stop').then((answer) => report.parse(answer));
  }

  /** Every span, by its number. */
  made(): Promise<readonly MadeSpan[]> {
    return this.#ask('/made').then((answer) => madeSpans.parse(answer));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = { namespace: this.#namespace, name: this.name, gracePeriodSeconds: 0 };
    await this.#kube.makeApiClient(CoreV1Api).deleteNamespacedPod(gone);
  }

  #ask(path: string): Promise<unknown> {
    return askFromNode(this.#nodePid, { url: `http://${this.address}:${CONTROL_PORT}${path}` });
  }
}
