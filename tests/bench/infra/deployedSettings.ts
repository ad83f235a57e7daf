import { AppsV1Api, CoreV1Api, type KubeConfig, type V1PodTemplateSpec } from '@kubernetes/client-node';
import { serviceNames } from '../../../infra/jaeger/endpoints.ts';

type Environment = Readonly<Record<string, string>>;
type Files = Readonly<Record<string, string>>;

/** What a stack's programs were started with. */
export interface DeployedSettings {
  readonly agent: { readonly environment: Environment };
  readonly collector: { readonly environment: Environment; readonly replicas: number; readonly samplingFiles: Files };
  readonly elasticsearch: { readonly environment: Environment; readonly files: Files };
}

/** Reads them from the cluster, so that whoever starts the same programs elsewhere cannot choose otherwise by mistake. */
export async function readDeployedSettings(kube: KubeConfig, namespace: string): Promise<DeployedSettings> {
  const apps = kube.makeApiClient(AppsV1Api);
  const core = kube.makeApiClient(CoreV1Api);
  const [agent, collector, elasticsearch, sampling, files] = await Promise.all([
    apps.readNamespacedDaemonSet({ namespace, name: serviceNames.agent }),
    apps.readNamespacedDeployment({ namespace, name: serviceNames.collector }),
    apps.readNamespacedStatefulSet({ namespace, name: serviceNames.elasticsearch }),
    core.readNamespacedConfigMap({ namespace, name: 'jaeger-sampling' }),
    core.readNamespacedConfigMap({ namespace, name: serviceNames.elasticsearch }),
  ]);
  return {
    agent: { environment: environmentOf(agent.spec?.template) },
    collector: {
      environment: environmentOf(collector.spec?.template),
      replicas: collector.spec?.replicas ?? 1,
      samplingFiles: sampling.data ?? {},
    },
    elasticsearch: { environment: environmentOf(elasticsearch.spec?.template), files: files.data ?? {} },
  };
}

/** The indices that a collector of these settings writes spans to. Source: Jaeger 1.50 `plugin/storage/es/spanstore`. */
export function spanIndices({ collector }: DeployedSettings): string {
  return `${requireVariable(collector.environment, 'ES_INDEX_PREFIX')}-jaeger-span-*`;
}

/** @throws Error when there is no such variable. */
export function requireVariable(environment: Environment, name: string): string {
  const value = environment[name];
  if (value === undefined) throw new Error(`the container has no variable ${name}`);
  return value;
}

function environmentOf(template: V1PodTemplateSpec | undefined): Environment {
  const variables = template?.spec?.containers[0]?.env ?? [];
  return Object.fromEntries(
    variables.map(({ name, value }) => {
      if (value === undefined) throw new Error(`the variable ${name} has no plain value; it cannot be given elsewhere`);
      return [name, value];
    }),
  );
}
