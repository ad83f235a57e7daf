import type { KubernetesObject } from '../../kubernetes/object.ts';
import { ObjectIndex } from '../../kubernetes/objectIndex.ts';
import { eachObject } from '../../problems.ts';
import { stackRule } from '../../rule.ts';
import { documents, manifest } from '../exampleYaml.ts';
import { gather } from '../gather.ts';
import { elsewhereParameter } from './elsewhere.ts';
import { hasIssuer, secretMadeOf } from './madeSecrets.ts';
import { missingReferences } from './referencedObjects.ts';
import { workloadExample } from './stackExamples.ts';

const secret = manifest('v1', 'Secret', 'shop', 'stringData: { password: example }');
const deployment = (name: string) =>
  workloadExample({ pod: [`volumes: [{ name: login, secret: { secretName: ${name} } }]`] });

/** Secrets that pods and Ingresses need are there. */
export const referencedSecrets = stackRule({
  name: 'referenced-secrets',
  asks: 'Every Secret that pods or Ingresses need is in the set, made of an object of the set, or named as made elsewhere.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'Pods wait without end for a Secret that is not there, and an Ingress shows a certificate that nobody trusts. Secrets are often made elsewhere, as they should be: name those.',
  link: 'https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-files-from-a-pod',
  parameters: elsewhereParameter,
  passes: documents(secret, deployment('shop')),
  fails: documents(secret, deployment('store')),
  *check(objects, { elsewhere }) {
    const secrets = new ObjectIndex(objects, 'Secret', '');
    const made = new Set<string>();
    yield* gather(objects, (object) => addMade(made, object));
    const exists = (namespace: string, name: string) =>
      secrets.find(namespace, name) !== undefined || made.has(JSON.stringify([namespace, name]));
    yield* eachObject(objects, (object) =>
      hasIssuer(object) ? [] : missingReferences(object, 'Secret', exists, elsewhere),
    );
  },
});

function addMade(made: Set<string>, object: KubernetesObject): void {
  const name = secretMadeOf(object);
  if (name !== undefined) made.add(JSON.stringify([object.namespace, name]));
}
