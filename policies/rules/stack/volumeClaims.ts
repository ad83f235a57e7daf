import { entries, fieldAt, text } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { ObjectIndex } from '../../kubernetes/objectIndex.ts';
import { eachObject } from '../../problems.ts';
import { stackRule } from '../../rule.ts';
import { documents, manifest } from '../exampleYaml.ts';
import { gather } from '../gather.ts';
import { elsewhereParameter } from './elsewhere.ts';
import { missingReferences } from './referencedObjects.ts';
import { workloadExample } from './stackExamples.ts';

const claim = manifest(
  'v1',
  'PersistentVolumeClaim',
  'shop',
  'spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }',
);
const deployment = (name: string) =>
  workloadExample({ pod: [`volumes: [{ name: data, persistentVolumeClaim: { claimName: ${name} } }]`] });

/** The claims of pods are there. */
export const volumeClaims = stackRule({
  name: 'volume-claims',
  asks: 'Every PersistentVolumeClaim of pods is in the set, made by a StatefulSet of it, or named as made elsewhere.',
  severity: 'medium',
  level: 'advisory',
  rationale: 'A pod whose claim is not there is never scheduled.',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes',
  parameters: elsewhereParameter,
  passes: documents(claim, deployment('shop')),
  fails: documents(claim, deployment('store')),
  *check(objects, { elsewhere }) {
    const claims = new ObjectIndex(objects, 'PersistentVolumeClaim', '');
    const templates = new Set<string>();
    yield* gather(objects, (object) => addTemplates(templates, object));
    const exists = (namespace: string, name: string) =>
      claims.find(namespace, name) !== undefined ||
      (/-\d+$/.test(name) && templates.has(JSON.stringify([namespace, name.replace(/-\d+$/, '')])));
    yield* eachObject(objects, (object) => missingReferences(object, 'PersistentVolumeClaim', exists, elsewhere));
  },
});

/** A StatefulSet makes the claim `data-shop-0` of its template `data` for the first pod of `shop`. */
function addTemplates(templates: Set<string>, object: KubernetesObject): void {
  if (!object.is('StatefulSet', 'apps')) return;
  for (const template of entries(fieldAt(object.body, 'spec', 'volumeClaimTemplates'))) {
    const name = text(fieldAt(template, 'metadata', 'name')) ?? '';
    templates.add(JSON.stringify([object.namespace, `${name}-${object.name}`]));
  }
}
