import { CoreV1Api, type KubeConfig, type V1ConfigMap } from '@kubernetes/client-node';
import { isJaegerFormat } from '../../infra/schema/jaegerSamplingFormat.ts';
import { parseSamplingDocument } from '../../infra/schema/samplingDocument.ts';
import { problemLine } from '../../infra/schema/stackConfigError.ts';
import { shorten } from '../kube/logLines.ts';
import type { PlacedProblem } from '../kube/workload.ts';
import { isRecord } from '../values/isRecord.ts';

const samplingConfigMap = 'jaeger-sampling';

const after = 'collectors that run keep the strategies they have; npm run up writes it anew';

/** The sampling ConfigMaps of deployments that somebody has deleted, or that hold what collectors cannot take. */
export async function listSamplingProblems(
  config: KubeConfig,
  namespaces: readonly string[],
): Promise<PlacedProblem[]> {
  const core = config.makeApiClient(CoreV1Api);
  const fieldSelector = `metadata.name=${samplingConfigMap}`;
  const found = namespaces.map(async (namespace) => {
    const { items } = await core.listNamespacedConfigMap({ namespace, fieldSelector });
    const problem = configMapProblem(items[0]);
    return problem === undefined ? [] : [{ namespace, kind: 'ConfigMap' as const, name: samplingConfigMap, problem }];
  });
  return (await Promise.all(found)).flat();
}

/** What is wrong with the sampling ConfigMap of a deployment; `undefined` stands for one that is not there. */
export function configMapProblem(found: Pick<V1ConfigMap, 'data'> | undefined): string | undefined {
  return found === undefined ? `is missing: ${after}` : samplingProblem(found.data ?? {});
}

/**
 * What is wrong with the strategies in a ConfigMap that somebody has changed by hand.
 * @returns one sentence; undefined where nothing is wrong.
 */
export function samplingProblem(data: Readonly<Record<string, string>>): string | undefined {
  const [[file, text] = []] = Object.entries(data);
  const what = file === undefined || text === undefined ? 'is empty' : fileProblem(file, text);
  if (what === undefined) return undefined;
  return `${what}: ${after}`;
}

function fileProblem(file: string, text: string): string | undefined {
  const root = parseJson(text);
  if (root instanceof Error) return `${file} is not JSON (${shorten(root.message)})`;
  if (!isRecord(root) || !isJaegerFormat(root)) return `${file} is not in the format of Jaeger's strategies`;
  const [first, ...others] = parseSamplingDocument(text, file).problems;
  if (first === undefined) return undefined;
  return `${shorten(problemLine(first))}${others.length === 0 ? '' : ` (and ${others.length} more)`}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}
