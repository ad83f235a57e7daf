import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import type { PlacedProblem } from '../kube/workload.ts';

const samplingConfigMap = 'jaeger-sampling';

/** The sampling ConfigMaps of some namespaces that hold what collectors cannot take. */
export async function listSamplingProblems(
  config: KubeConfig,
  namespaces: readonly string[],
): Promise<PlacedProblem[]> {
  const core = config.makeApiClient(CoreV1Api);
  const fieldSelector = `metadata.name=${samplingConfigMap}`;
  const found = namespaces.map(async (namespace) => {
    const { items } = await core.listNamespacedConfigMap({ namespace, fieldSelector });
    return items.flatMap(({ data }) => {
      const problem = samplingProblem(data ?? {});
      return problem === undefined ? [] : [{ namespace, kind: 'ConfigMap' as const, name: samplingConfigMap, problem }];
    });
  });
  return (await Promise.all(found)).flat();
}

/**
 * What is wrong with the strategies in a ConfigMap that somebody has changed by hand.
 * @returns one sentence; undefined where nothing is wrong.
 */
export function samplingProblem(data: Readonly<Record<string, string>>): string | undefined {
  const [[file, text] = []] = Object.entries(data);
  const what = file === undefined || text === undefined ? 'is empty' : fileProblem(file, text);
  if (what === undefined) return undefined;
  return `${what}: collectors that run keep the strategies they have; npm run up writes it anew`;
}

function fileProblem(file: string, text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch (error) {
    return `${file} is not JSON (${error instanceof Error ? error.message : String(error)})`;
  }
  return undefined;
}
