import { field, isRecord, text } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { ObjectIndex } from '../../kubernetes/objectIndex.ts';
import type { Reference } from '../../kubernetes/podReferences.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { referencesOf } from './referencedObjects.ts';
import { configMapExample, workloadExample } from './stackExamples.ts';

const deployment = (key: string) =>
  workloadExample({
    container: [`env: [{ name: CURRENCY, valueFrom: { configMapKeyRef: { name: shop, key: ${key} } } }]`],
  });

/** Keys that pods need are in the ConfigMaps and Secrets of the set. */
export const referencedKeys = stackRule({
  name: 'referenced-keys',
  asks: 'Every key of a ConfigMap or Secret of the set that pods need is in it.',
  severity: 'high',
  level: 'mandatory',
  rationale: 'A container whose variable or file comes from a key that is not there never starts.',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/#restrictions',
  passes: documents(configMapExample('{ currency: EUR }'), deployment('currency')),
  fails: documents(configMapExample('{ currency: EUR }'), deployment('money')),
  *check(objects) {
    const kinds = (['ConfigMap', 'Secret'] as const).map((kind) => ({
      kind,
      found: new ObjectIndex(objects, kind, ''),
    }));
    yield* eachObject(objects, function* (object): Iterable<Problem> {
      for (const { kind, found } of kinds)
        for (const reference of referencesOf(object, kind)) {
          const source = found.find(object.namespace, reference.name);
          if (source !== undefined && !reference.optional) yield* missingKeys(source, reference);
        }
    });
  },
});

function* missingKeys(source: KubernetesObject, { keys, container }: Reference): Iterable<Problem> {
  if (keys.length === 0) return;
  const known = keysOf(source);
  if (known === undefined) return;
  for (const { name, path } of keys) {
    if (known.includes(name)) continue;
    yield {
      path,
      ...(container === undefined ? {} : { container }),
      problem: `is "${name}", which ${source.identity} does not have: it must be one of its keys (${known.join(', ')})`,
      fix: `the key "${name}" in ${source.identity}, or optional: true`,
    };
  }
}

/** The keys of an object; `undefined` for one without any, which somebody fills in later. Their values are not looked at. */
function keysOf({ kind, body }: KubernetesObject): readonly string[] | undefined {
  // A controller adds the token and what belongs to it.
  if (kind === 'Secret' && text(field(body, 'type')) === 'kubernetes.io/service-account-token') return undefined;
  const lists = kind === 'Secret' ? ['data', 'stringData'] : ['data', 'binaryData'];
  const keys = lists.flatMap((name) => {
    const values = field(body, name);
    return isRecord(values) ? Object.keys(values) : [];
  });
  return keys.length === 0 ? undefined : keys;
}
