import type { ContainerProblem } from '../../problems.ts';
import { stackRule } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import {
  eachJaeger,
  installationOf,
  installations,
  jaegerContainers,
  type JaegerContainer,
} from './jaegerContainers.ts';
import { jaegerExample } from './jaegerExamples.ts';
import {
  addressesOf,
  addressSetting,
  isStorageJob,
  passwordSourceOf,
  prefixOf,
  prefixSetting,
  storageTypeOf,
} from './storage.ts';

const program = (name: 'collector' | 'query', prefix: string) =>
  jaegerExample(name, {
    env: ['{ name: SPAN_STORAGE_TYPE, value: elasticsearch }', `{ name: ES_INDEX_PREFIX, value: ${prefix} }`],
  });

/** All programs of one Jaeger mean the same storage. */
export const jaegerStorageAgreement = stackRule({
  name: 'jaeger-storage-agreement',
  asks: 'Collector, ingester, query service and jobs of one Jaeger name the same storage, addresses and index prefix.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'Where they differ, spans are stored and never found, or never deleted; nothing fails. Users may differ, since who reads needs less; one user has one password. Programs of one namespace and one app.kubernetes.io/instance are one Jaeger.',
  link: 'https://www.jaegertracing.io/docs/1.50/deployment/#elasticsearch',
  passes: documents(program('collector', 'live'), program('query', 'live')),
  fails: documents(program('collector', 'live'), program('query', 'jaeger')),
  *check(objects) {
    const containers = (yield* jaegerContainers(objects)).filter(({ role }) => role !== 'agent');
    const readable: JaegerContainer[] = [];
    yield* eachJaeger(containers, (one) => {
      // What cannot be known in a preview is said once, not for each of those that are compared with it.
      storageTypeOf(one);
      addressesOf(one);
      prefixOf(one);
      installationOf(one);
      readable.push(one);
      return [];
    });
    for (const together of installations(readable)) {
      const reference = referenceOf(together);
      if (reference === undefined) continue;
      yield* eachJaeger(
        together.filter((one) => one !== reference),
        (one) => disagreements(one, reference),
      );
    }
  },
});

/** Who says what the storage is: a program that writes, or else one that reads. */
function referenceOf(together: readonly JaegerContainer[]): JaegerContainer | undefined {
  const storing = together.filter((one) => !isStorageJob(one) && storageTypeOf(one) !== undefined);
  return storing.find(({ role }) => role !== 'query') ?? storing[0];
}

function* disagreements(one: JaegerContainer, reference: JaegerContainer): Iterable<ContainerProblem> {
  const [type, expected] = [storageTypeOf(one), storageTypeOf(reference)];
  if (type === undefined || expected === undefined) return;
  if (type !== expected) {
    const path = one.settings.get('SPAN_STORAGE_TYPE')?.path ?? 'env';
    yield disagreement(isStorageJob(one) ? 'image' : path, 'another kind of storage (SPAN_STORAGE_TYPE)', reference);
  }
  if (type !== expected || type !== 'elasticsearch') return;
  const [addresses, others] = [addressesOf(one), addressesOf(reference)];
  if (addresses !== undefined && others !== undefined && !addresses.some((address) => others.includes(address)))
    yield disagreement(addressSetting(one)?.path ?? 'env', 'other addresses of Elasticsearch', reference);
  yield* prefixDisagreement(one, reference);
  yield* passwordDisagreement(one, reference);
}

function* prefixDisagreement(one: JaegerContainer, reference: JaegerContainer): Iterable<ContainerProblem> {
  const setting = prefixSetting(one);
  // The wrong variable is `jaeger-cleaner-prefix`' affair.
  if (isStorageJob(one) && setting === undefined && one.settings.get('ES_INDEX_PREFIX') !== undefined) return;
  const [prefix, expected] = [prefixOf(one), prefixOf(reference)];
  if (prefix === undefined || expected === undefined || prefix === expected) return;
  yield disagreement(
    setting?.path ?? 'env',
    `another index prefix (${isStorageJob(one) ? 'INDEX_PREFIX' : 'ES_INDEX_PREFIX'})`,
    reference,
  );
}

function* passwordDisagreement(one: JaegerContainer, reference: JaegerContainer): Iterable<ContainerProblem> {
  const user = one.settings.get('ES_USERNAME');
  if (user?.value === undefined || user.value !== reference.settings.get('ES_USERNAME')?.value) return;
  const [source, expected] = [passwordSourceOf(one), passwordSourceOf(reference)];
  if (source === undefined || expected === undefined || source === expected) return;
  yield disagreement(user.path, 'another Secret for the password of the same user', reference);
}

function disagreement(path: string, what: string, { object }: JaegerContainer): ContainerProblem {
  return {
    path,
    problem: `names ${what} than ${object.identity} does: both must name the same`,
    fix: `what ${object.identity} has`,
  };
}
