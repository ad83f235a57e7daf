import { CoreV1Api, type KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { serviceNames } from '../../../infra/jaeger/endpoints.ts';
import { clustersDirectory, createClusterIdentity } from '../../../tools/cluster/clusterIdentity.ts';
import { checkout, testCluster } from '../../support/commands.ts';
import { ApplicationNamespace } from '../../e2e/support/applicationNamespace.ts';
import { ExternalElasticsearch } from '../../e2e/support/externalElasticsearch.ts';
import { elasticsearchPort, nodeName } from '../../e2e/support/externalElasticsearchObjects.ts';
import { externalStorage, prepareNamespace } from '../../e2e/support/externalStorage.ts';
import { listPods } from '../../e2e/support/namespacePods.ts';
import { podProcesses } from '../../e2e/support/podProcesses.ts';
import { TestStack } from '../../e2e/support/testStack.ts';
import type { Bounds } from '../accounting/credits.ts';
import type { Application } from './application.ts';
import type { Watched } from './recorder.ts';
import { askFromNode } from './askFromNode.ts';
import { readStoredSpans, type AskSearch } from './storedSpans.ts';

/** Room for what all loads write, and little enough that it can be filled. */
const DISK_MEBIBYTES = 320;
const PREFIX = 'faults.tests';
/** Of a packet; the load has some packets a second. */
const SPANS_PER_PACKET = 64;
/** The tracer's delay of a second, and a busy machine. */
const TRANSIT_MILLIS = 4000;

/** Jaeger's programs, and who is beside them. */
export type Component = 'agent' | 'collector' | 'query' | 'elasticsearch';

const PROGRAMS: Readonly<Record<Component, string>> = {
  agent: 'agent-linux',
  collector: 'collector-linux',
  query: 'query-linux',
  elasticsearch: 'java',
};

interface FaultStackParts extends Pick<
  FaultStack,
  'kube' | 'nodePid' | 'search' | 'application' | 'namespace' | 'bounds' | 'agentAddress'
> {
  readonly owned: AsyncDisposableStack;
}

/** A whole Jaeger with two collectors and two query services, and an Elasticsearch with a password and a small disk. */
export class FaultStack implements AsyncDisposable {
  readonly kube: KubeConfig;
  readonly nodePid: number;
  readonly search: ExternalElasticsearch;
  readonly application: ApplicationNamespace;
  readonly namespace: string;
  readonly bounds: Bounds;
  /** Of the agents' Service. */
  readonly agentAddress: string;
  readonly #owned: AsyncDisposableStack;

  private constructor(parts: FaultStackParts) {
    this.kube = parts.kube;
    this.nodePid = parts.nodePid;
    this.search = parts.search;
    this.application = parts.application;
    this.namespace = parts.namespace;
    this.bounds = parts.bounds;
    this.agentAddress = parts.agentAddress;
    this.#owned = parts.owned;
  }

  /** Deploys it all. @param nodePid - the first process of the cluster's node */
  static async deploy(kube: KubeConfig, nodePid: number): Promise<FaultStack> {
    await using owned = new AsyncDisposableStack();
    const login = { username: 'jaeger', password: `first-${randomUUID()}` };
    const search = owned.use(await ExternalElasticsearch.start(kube, 'faults-search', login, DISK_MEBIBYTES));
    const storage = externalStorage(search, PREFIX);
    const stack = owned.use(
      await TestStack.create('faults', {
        config: { environment: 'dev', collector: { replicas: 2 }, query: { replicas: 2 }, storage },
      }),
    );
    const { namespace } = stack;
    await prepareNamespace(kube, namespace, search);
    await stack.up();
    const application = owned.use(await ApplicationNamespace.create(kube, 'faults-application', namespace));
    const service = await kube.makeApiClient(CoreV1Api).readNamespacedService({ namespace, name: serviceNames.agent });
    const agentAddress = service.spec?.clusterIP ?? '';
    const bounds = await readBounds(kube, namespace);
    return new FaultStack({ kube, nodePid, search, application, namespace, bounds, agentAddress, owned: owned.move() });
  }

  /** The pods of a component, those too that are on their way out. */
  async pods(component: Component): Promise<readonly V1Pod[]> {
    const isStorage = component === 'elasticsearch';
    const pods = await listPods(this.kube, isStorage ? this.search.namespace : this.namespace);
    const [label, value] = isStorage
      ? (['app', nodeName] as const)
      : (['app.kubernetes.io/name', serviceNames[component]] as const);
    return pods.filter(({ metadata }) => metadata?.labels?.[label] === value);
  }

  /** Ids, on this machine, of a component's processes, in the order of its pods' names. */
  async processes(component: Component): Promise<readonly number[]> {
    const pods = (await this.pods(component)).toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
    const found = pods.flatMap(({ metadata }) =>
      podProcesses(cgroupName(), [metadata?.uid ?? ''], PROGRAMS[component]),
    );
    if (found.length === 0) throw new Error(`no process of ${component} runs`);
    return found;
  }

  /** Whom to ask while an application runs. */
  async watched(application: Application): Promise<Watched> {
    const [agents, collectors, queries, search] = await Promise.all([
      this.pods('agent'),
      this.pods('collector'),
      this.pods('query'),
      this.pods('elasticsearch'),
    ]);
    const networks = [...agents.map(({ metadata }) => metadata), application].flatMap((pod) => {
      const pid = networkProcess(pod?.uid ?? '');
      return pid === undefined ? [] : [[pod?.name ?? '', pid] as const];
    });
    return {
      application: { pod: application.name, address: application.address },
      agents: addresses(agents),
      collectors: addresses(collectors),
      queries: addresses(queries),
      search: { address: Object.values(addresses(search))[0] ?? '0.0.0.0', service: application.name },
      networks: Object.fromEntries(networks),
    };
  }

  /** How often each span of a service is stored, by the span's ID. */
  storedSpans(service: string): Promise<ReadonlyMap<string, number>> {
    return readStoredSpans((...request) => this.#askSearch(...request), service);
  }

  /** Makes room: what was counted is nobody's data. */
  async forgetSpans(): Promise<void> {
    await this.#askSearch('DELETE', '/*-jaeger-span-*');
  }

  async #askSearch(...[method, path, body]: Parameters<AskSearch>): Promise<unknown> {
    const [address] = Object.values(addresses(await this.pods('elasticsearch')));
    return askFromNode(this.nodePid, { method, url: `http://${address ?? ''}:${elasticsearchPort}${path}`, body });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#owned.disposeAsync();
  }
}

function nameOf({ metadata }: V1Pod): string {
  return metadata?.name ?? '';
}

function cgroupName(): string {
  return createClusterIdentity(testCluster, checkout, clustersDirectory(process.env)).cgroupName;
}

/** What holds a pod's network for as long as the pod is there: it outlives the containers. */
export function networkProcess(uid: string): number | undefined {
  return podProcesses(cgroupName(), [uid], 'catatonit')[0];
}

function addresses(pods: readonly V1Pod[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pods.flatMap(({ metadata, status }) =>
      status?.podIP === undefined ? [] : [[metadata?.name ?? '', status.podIP] as const],
    ),
  );
}

const amount = z.coerce.number().int().positive();

/** As deployed; what Jaeger is not told has Jaeger 1.50's defaults. */
async function readBounds(kube: KubeConfig, namespace: string): Promise<Bounds> {
  const pods = await listPods(kube, namespace);
  const environment = new Map(
    pods
      .filter(({ metadata }) => metadata?.labels?.['app.kubernetes.io/name'] === serviceNames.collector)
      .flatMap(({ spec }) => spec?.containers ?? [])
      .flatMap(({ env }) => env ?? [])
      .map(({ name, value }) => [name, value]),
  );
  const configured = (name: string, otherwise: number): number => amount.parse(environment.get(name) ?? otherwise);
  return {
    spansPerPacket: SPANS_PER_PACKET,
    agentQueuePackets: 1000,
    agentWorkers: 10,
    collectorQueueSpans: configured('COLLECTOR_QUEUE_SIZE', 2000),
    collectorWorkers: configured('COLLECTOR_NUM_WORKERS', 50),
    bulkActions: configured('ES_BULK_ACTIONS', 1000) * configured('ES_BULK_WORKERS', 1),
    transitMillis: TRANSIT_MILLIS,
  };
}
