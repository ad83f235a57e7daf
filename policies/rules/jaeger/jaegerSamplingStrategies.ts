import type { KubernetesObject } from '../../kubernetes/object.ts';
import { ObjectIndex } from '../../kubernetes/objectIndex.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { configMapExample } from '../stack/stackExamples.ts';
import { eachJaeger, jaegerContainers } from './jaegerContainers.ts';
import { jaegerExample } from './jaegerExamples.ts';
import { samplingProblems } from './samplingStrategies.ts';
import { dataOf, strategiesFile, strategiesKey } from './strategiesFile.ts';

const collector = jaegerExample('collector', {
  pod: ['volumes: [{ name: sampling, configMap: { name: shop } }]'],
  container: ['volumeMounts: [{ name: sampling, mountPath: /etc/sampling }]'],
  env: ['{ name: SAMPLING_STRATEGIES_FILE, value: /etc/sampling/strategies.json }'],
});
const strategies = (param: number) =>
  configMapExample(`{ strategies.json: '${JSON.stringify({ default_strategy: { type: 'probabilistic', param } })}' }`);

/** Sampling strategies mean to Jaeger what they say. */
export const jaegerSamplingStrategies = stackRule({
  name: 'jaeger-sampling-strategies',
  asks: 'Sampling strategies in a ConfigMap that a collector mounts have nothing that Jaeger would misread.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'Jaeger turns an unknown type into 0.001, cuts a rate of 0.5 to 0 and passes over keys that it does not know, all without a word: traces are missing, and nobody knows why.',
  link: 'https://www.jaegertracing.io/docs/1.50/sampling/#file-based-sampling-configuration',
  passes: documents(strategies(0.5), collector),
  fails: documents(strategies(50), collector),
  *check(objects) {
    const containers = yield* jaegerContainers(objects);
    const maps = new ObjectIndex(objects, 'ConfigMap', '');
    const mounted = new Map<KubernetesObject, Set<string>>();
    yield* eachJaeger(containers, function* (one) {
      const setting = strategiesFile(one);
      const source = setting?.value === undefined ? undefined : strategiesKey(one, setting.value);
      const map = source === undefined ? undefined : maps.find(one.object.namespace, source.name);
      if (setting === undefined || source === undefined || map === undefined) return;
      if (dataOf(map.body, source.key) === undefined)
        yield {
          path: setting.path,
          problem: `names a file that would be the key "${source.key}" of ${map.identity}, which has none: it must have it`,
          fix: `data: { "${source.key}": the sampling strategies as JSON }`,
        };
      mounted.set(map, (mounted.get(map) ?? new Set()).add(source.key));
    });
    yield* eachObject(mounted.keys(), (map) => mapProblems(map, mounted.get(map) ?? []));
  },
});

function* mapProblems(map: KubernetesObject, keys: Iterable<string>): Iterable<Problem> {
  for (const key of keys) {
    const json = dataOf(map.body, key);
    if (json === undefined) continue;
    for (const { path, problem } of samplingProblems(json))
      yield {
        path: `data["${key}"]`,
        problem: `holds sampling strategies that Jaeger would not read as they are meant: ${path === '' ? 'the file' : path} ${problem}`,
        fix: '{ "default_strategy": { "type": "probabilistic", "param": 0.1 }, "service_strategies": [] }',
      };
  }
}
