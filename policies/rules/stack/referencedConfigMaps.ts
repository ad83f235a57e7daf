import { ObjectIndex } from '../../kubernetes/objectIndex.ts';
import { eachObject } from '../../problems.ts';
import { stackRule } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { elsewhereParameter } from './elsewhere.ts';
import { missingReferences } from './referencedObjects.ts';
import { configMapExample, workloadExample } from './stackExamples.ts';

const deployment = (name: string) => workloadExample({ container: [`envFrom: [{ configMapRef: { name: ${name} } }]`] });

/** ConfigMaps that pods need are there. */
export const referencedConfigMaps = stackRule({
  name: 'referenced-config-maps',
  asks: 'Every ConfigMap that pods need is in the set, or named as made elsewhere.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'Pods wait without end for a ConfigMap that is not there. A preview of one program cannot know what others make: set the level to mandatory where everything is in one.',
  link: 'https://kubernetes.io/docs/concepts/configuration/configmap/#configmaps-and-pods',
  parameters: elsewhereParameter,
  passes: documents(configMapExample('{ currency: EUR }'), deployment('shop')),
  fails: documents(configMapExample('{ currency: EUR }'), deployment('store')),
  *check(objects, { elsewhere }) {
    const maps = new ObjectIndex(objects, 'ConfigMap', '');
    // Kubernetes itself puts this one into every namespace.
    const exists = (namespace: string, name: string) =>
      name === 'kube-root-ca.crt' || maps.find(namespace, name) !== undefined;
    yield* eachObject(objects, (object) => missingReferences(object, 'ConfigMap', exists, elsewhere));
  },
});
