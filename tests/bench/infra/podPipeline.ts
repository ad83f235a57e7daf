import type { KubeConfig } from '@kubernetes/client-node';
import { elasticsearchHttpPort } from '../../../infra/jaeger/elasticsearchFiles.ts';
import { serviceNames } from '../../../infra/jaeger/endpoints.ts';
import { adminPorts, agentPorts } from '../../../infra/jaeger/ports.ts';
import { clusterProcessIds } from '../../../tools/cluster/clusterMemory.ts';
import { readProc } from '../../../tools/process/processIdentity.ts';
import { ApplicationNamespace } from '../../e2e/support/applicationNamespace.ts';
import { listPods } from '../../e2e/support/namespacePods.ts';
import { openPort } from '../../e2e/support/openPort.ts';
import { hostPort } from '../../e2e/support/reachFirst.ts';
import { requireVariable, spanIndices, type DeployedSettings } from './deployedSettings.ts';
import { loadArguments, parseLoadResult, type LoadResult, type Pipeline, type SpanLoad } from './pipeline.ts';

/** What {@link PodPipeline} is made for. */
export interface PodPipelineOptions {
  readonly kube: KubeConfig;
  /** Cgroup of the local cluster that the stack runs in. */
  readonly cgroupName: string;
  /** Namespace of the stack. */
  readonly namespace: string;
  readonly settings: DeployedSettings;
}

/** A stack on a local cluster. Its load is a pod in a namespace of its own, without limits. */
export class PodPipeline implements Pipeline, AsyncDisposable {
  readonly inCluster = true;
  readonly processes: Pipeline['processes'];
  /** Ids of the query service's processes. */
  readonly queries: readonly string[];
  readonly #options: PodPipelineOptions;
  readonly #application: ApplicationNamespace;
  readonly #opened: AsyncDisposable;
  readonly #agentMetrics: string;

  private constructor(
    options: PodPipelineOptions,
    application: ApplicationNamespace,
    opened: AsyncDisposable,
    agentAddress: string,
  ) {
    this.#options = options;
    this.#opened = opened;
    // No Service leads to it.
    this.#agentMetrics = `http://${agentAddress}:${adminPorts.agent.number}/metrics`;
    this.#application = application;
    const running = (program: string): readonly string[] => processesOf(options.cgroupName, program);
    this.processes = {
      agent: running('agent-linux'),
      collector: running('collector-linux'),
      elasticsearch: running('java'),
    };
    this.queries = running('query-linux');
  }

  static async create(options: PodPipelineOptions): Promise<PodPipeline> {
    const pods = await listPods(options.kube, options.namespace);
    const agent = pods.find(({ metadata }) => metadata?.labels?.['app.kubernetes.io/name'] === serviceNames.agent);
    if (agent?.status?.podIP === undefined) throw new Error('the agent has no address');
    const application = await ApplicationNamespace.create(options.kube, 'span-load', options.namespace);
    const opened = await openToLoad(options, application.name);
    return new PodPipeline(options, application, opened, agent.status.podIP);
  }

  async load(load: SpanLoad): Promise<LoadResult> {
    const { namespace, settings } = this.#options;
    const addresses = {
      agent: `${serviceNames.agent}.${namespace}.svc:${agentPorts.thriftCompact.number}`,
      agentMetrics: this.#agentMetrics,
      elasticsearch: requireVariable(settings.collector.environment, 'ES_SERVER_URLS'),
      indices: spanIndices(settings),
    };
    const container = {
      image: 'tracewright/span-load:test',
      args: [...loadArguments(addresses, load)],
      // Without a request it would get next to nothing of a busy processor, unlike the same program on the host.
      resources: { requests: { cpu: '500m', memory: '64Mi' } },
    };
    // Both are open to this pod once the network plugin has taken notice of it; the load itself does not ask twice.
    const reachesFirst = [addresses.agentMetrics, addresses.elasticsearch].map(hostPort);
    const job = { name: load.service, container, reachesFirst, pauseMillis: 3000 };
    const { log, succeeded } = await this.#application.run(job);
    return parseLoadResult(log, succeeded);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened[Symbol.asyncDispose]();
    await this.#application[Symbol.asyncDispose]();
  }
}

/** The load watches how far its spans have come, at two ports that the stack opens to nobody else's applications. */
async function openToLoad({ kube, namespace }: PodPipelineOptions, from: string): Promise<AsyncDisposable> {
  const stack = new AsyncDisposableStack();
  stack.use(await openPort(kube, { namespace, component: serviceNames.agent, port: adminPorts.agent.number, from }));
  stack.use(
    await openPort(kube, {
      namespace,
      component: serviceNames.elasticsearch,
      port: elasticsearchHttpPort.number,
      from,
    }),
  );
  return stack;
}

function processesOf(cgroupName: string, program: string): readonly string[] {
  const found = clusterProcessIds(cgroupName).filter((pid) => readProc(`/proc/${pid}/comm`)?.trim() === program);
  if (found.length === 0) throw new Error(`no process ${program} runs in the cluster`);
  return found;
}
