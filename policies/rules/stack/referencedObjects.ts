import { entries, field, fieldAt, text } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { podReferences, type Reference, type ReferencedKind } from '../../kubernetes/podReferences.ts';
import type { Problem } from '../../rule.ts';
import { isElsewhere } from './elsewhere.ts';

/** What an object refers to by name, in its own namespace. @throws UnknownFieldError */
export function* referencesOf(object: KubernetesObject, kind: ReferencedKind): Iterable<Reference> {
  if (object.workload !== undefined) yield* podReferences(object.workload, kind);
  if (kind !== 'Secret' || !object.is('Ingress', 'networking.k8s.io')) return;
  for (const [index, entry] of entries(fieldAt(object.body, 'spec', 'tls')).entries()) {
    const name = text(field(entry, 'secretName')) ?? '';
    if (name !== '') yield { name, path: `spec.tls[${index}].secretName`, optional: false, keys: [] };
  }
}

/**
 * What is referred to and is not there; each name once for every object.
 *
 * @param exists - Whether an object of the kind is there.
 * @param elsewhere - Patterns of what is made by somebody else.
 */
export function* missingReferences(
  object: KubernetesObject,
  kind: ReferencedKind,
  exists: (namespace: string, name: string) => boolean,
  elsewhere: readonly string[],
): Iterable<Problem> {
  const { namespace } = object;
  const seen = new Set<string>();
  for (const { name, path, optional, container } of referencesOf(object, kind)) {
    if (optional || seen.has(name)) continue;
    seen.add(name);
    if (exists(namespace, name) || isElsewhere(elsewhere, namespace, name)) continue;
    yield {
      path,
      ...(container === undefined ? {} : { container }),
      problem: `is "${name}", and the set has no ${kind} of that name in ${namespace === '' ? 'the same namespace' : `namespace ${namespace}`}: it must be in the set, or be named as made elsewhere`,
      fix: `the ${kind}, or the parameter elsewhere: ["${namespace}/${name}"]`,
    };
  }
}
