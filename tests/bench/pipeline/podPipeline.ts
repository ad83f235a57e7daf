import type { KubeConfig } from '@kubernetes/client-node';
import { serviceNames } from '../../../infra/jaeger/endpoints.ts';
import { agentPorts } from '../../../infra/jaeger/ports.ts';
import { clusterProcessIds } from '../../../tools/cluster/clusterMemory.ts';
import { readProc } from '../../../tools/process/processIdentity.ts';
import { ApplicationNamespace } from '../../e2e/support/applicationNamespace.ts';
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

  private constructor(options: PodPipelineOptions, application: ApplicationNamespace) {
    this.#options = options;
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
    return new PodPipeline(options, await ApplicationNamespace.create(options.kube, 'span-load'));
  }

  async load(load: SpanLoad): Promise<LoadResult> {
    const { namespace, settings } = this.#options;
    const addresses = {
      agent: `${serviceNames.agent}.${namespace}.svc:${agentPorts.thriftCompact.number}`,
      elasticsearch: requireVariable(settings.collector.environment, 'ES_SERVER_URLS'),
      indices: spanIndices(settings),
    };
    const container = {
      image: 'tracewright/span-load:test',
      args: [...loadArguments(addresses, load)],
      // Without a request it would get next to nothing of a busy processor, unlike the same program on the host.
      resources: { requests: { cpu: '500m', memory: '64Mi' } },
    };
    const { log, succeeded } = await this.#application.run({ name: load.service, container });
    return parseLoadResult(log, succeeded);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#application[Symbol.asyncDispose]();
  }
}

function processesOf(cgroupName: string, program: string): readonly string[] {
  const found = clusterProcessIds(cgroupName).filter((pid) => readProc(`/proc/${pid}/comm`)?.trim() === program);
  if (found.length === 0) throw new Error(`no process ${program} runs in the cluster`);
  return found;
}
