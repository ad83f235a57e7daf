import type { ContainerProblem } from '../../problems.ts';
import { stackRule, type StackProblem } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { eachJaeger, installationOf, jaegerContainers, type JaegerContainer } from './jaegerContainers.ts';
import { jaegerExample } from './jaegerExamples.ts';
import { addressesOf, isStorageJob, prefixOf, prefixSetting, usesElasticsearch } from './storage.ts';

const collector = (name: string, instance: string, prefix: string) =>
  jaegerExample('collector', {
    name,
    env: [
      '{ name: SPAN_STORAGE_TYPE, value: elasticsearch }',
      '{ name: ES_SERVER_URLS, value: "http://es.storage:9200" }',
      `{ name: ES_INDEX_PREFIX, value: ${prefix} }`,
    ],
  }).replace('labels: { app: collector }', `labels: { app: collector, app.kubernetes.io/instance: ${instance} }`);
const first = collector('one', 'one', 'live');

const loopback = /^\w+:\/\/(127\.|localhost\b|\[::1\])/;

/** The indices of one Jaeger are nobody else's. */
export const jaegerIndexPrefixes = stackRule({
  name: 'jaeger-index-prefixes',
  asks: 'Every Jaeger has an index prefix in Elasticsearch, which is neither that of another one nor the end of one.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    "The patterns of Jaeger's index templates begin with `*`: without a prefix, or with one that another ends with, the settings of one Jaeger hold for the indices of the other.",
  link: 'https://www.jaegertracing.io/docs/1.50/deployment/#elasticsearch',
  passes: documents(first, collector('two', 'two', 'live2')),
  fails: documents(first, collector('two', 'two', 'also-live')),
  *check(objects) {
    const containers = yield* jaegerContainers(objects);
    const prefixes = new Map<string, Map<string, JaegerContainer[]>>();
    yield* eachJaeger(containers, (one) => missingPrefix(one, prefixes));
    for (const known of prefixes.values()) yield* conflicts(known);
  },
});

/** Says where a prefix is missing, and gathers the others by address and prefix. */
function* missingPrefix(
  one: JaegerContainer,
  prefixes: Map<string, Map<string, JaegerContainer[]>>,
): Iterable<ContainerProblem> {
  if (isStorageJob(one) || !usesElasticsearch(one)) return;
  const prefix = prefixOf(one);
  if (prefix === '')
    yield {
      path: prefixSetting(one)?.path ?? 'env',
      problem: 'has no ES_INDEX_PREFIX: it must be there, and not be empty',
      fix: '{ name: ES_INDEX_PREFIX, value: a name for this Jaeger }',
    };
  // Read here, where a value that a preview cannot know is one container's affair.
  else if (prefix !== undefined && installationOf(one) !== '')
    for (const address of addressesOf(one) ?? []) {
      // Of each pod, its own.
      if (loopback.test(address)) continue;
      const known = prefixes.get(address) ?? new Map<string, JaegerContainer[]>();
      prefixes.set(address, known);
      const owners = known.get(prefix) ?? [];
      known.set(prefix, owners);
      owners.push(one);
    }
}

// Elasticsearch takes no longer name of an index, in bytes: no prefix of anybody's is longer.
const longestName = 255;

function* conflicts(known: ReadonlyMap<string, readonly JaegerContainer[]>): Iterable<StackProblem> {
  for (const [prefix, owners] of known) {
    const [first] = owners;
    const second = first && owners.find((one) => installationOf(one) !== installationOf(first));
    if (first !== undefined && second !== undefined) yield* conflict(second, first, 'is');
    for (let start = Math.max(1, prefix.length - longestName); start < prefix.length; start += 1) {
      const shorter = known.get(prefix.slice(start))?.[0];
      if (first === undefined || shorter === undefined || installationOf(first) === installationOf(shorter)) continue;
      yield* conflict(shorter, first, 'is the end of');
    }
  }
}

function conflict(one: JaegerContainer, other: JaegerContainer, how: string): Iterable<StackProblem> {
  return eachJaeger([one], (): readonly ContainerProblem[] => [
    {
      path: prefixSetting(one)?.path ?? 'env',
      problem: `is an index prefix that ${how} that of ${other.object.identity}, in the same Elasticsearch: it must be neither another one's nor the end of it`,
      fix: 'ES_INDEX_PREFIX: a name that no other ends with',
    },
  ]);
}
