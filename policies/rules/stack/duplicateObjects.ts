import { isRecord } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { groupOf } from '../../kubernetes/replicas.ts';
import { isUnknown } from '../../kubernetes/unknown.ts';
import { stackRule } from '../../rule.ts';
import { documents, manifest } from '../exampleYaml.ts';

const map = (name: string) => manifest('v1', 'ConfigMap', name, 'data: { currency: EUR }');

/** Every object is there once. */
export const duplicateObjects = stackRule({
  name: 'duplicate-objects',
  asks: 'No two objects of the set have the same kind, namespace and name.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'Each of them overwrites the other, at every deployment, or the second one fails because the first is there.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  passes: documents(map('shop'), map('store')),
  fails: documents(map('shop'), map('shop')),
  *check(objects) {
    const seen = new Map<string, KubernetesObject>();
    for (const object of objects.filter(isNamed)) {
      const key = JSON.stringify([groupOf(object.apiVersion), object.kind, object.namespace, object.name]);
      const first = seen.get(key);
      if (first === undefined) seen.set(key, object);
      else
        yield {
          object,
          path: 'metadata.name',
          problem: `is "${object.name}", as that of another ${object.kind} of the namespace is (${placeOf(first)}): it must be there once`,
          fix: 'another name, or one of them less',
        };
    }
  },
});

/** Whether an object's name is known; the cluster makes up others, each its own. */
function isNamed({ body }: KubernetesObject): boolean {
  const metadata = isRecord(body) ? body['metadata'] : undefined;
  const name = isRecord(metadata) ? metadata['name'] : undefined;
  return typeof name === 'string' && !isUnknown(name);
}

function placeOf({ source }: KubernetesObject): string {
  return 'urn' in source ? source.urn : `${source.file}:${source.line}`;
}
