import { ObjectIndex } from '../../kubernetes/objectIndex.ts';
import { eachObject } from '../../problems.ts';
import { stackRule } from '../../rule.ts';
import { documents, manifest } from '../exampleYaml.ts';
import { elsewhereParameter } from './elsewhere.ts';
import { missingReferences } from './referencedObjects.ts';
import { workloadExample } from './stackExamples.ts';

const account = manifest('v1', 'ServiceAccount', 'shop', 'automountServiceAccountToken: false');
const deployment = (name: string) => workloadExample({ pod: [`serviceAccountName: ${name}`] });

/** The service accounts of pods are there. */
export const referencedServiceAccounts = stackRule({
  name: 'referenced-service-accounts',
  asks: 'Every ServiceAccount of pods is in the set, or named as made elsewhere.',
  severity: 'medium',
  level: 'advisory',
  rationale: 'No pod is made while its service account is not there: the workload stays without any.',
  link: 'https://kubernetes.io/docs/concepts/security/service-accounts/',
  parameters: elsewhereParameter,
  passes: documents(account, deployment('shop')),
  fails: documents(account, deployment('store')),
  *check(objects, { elsewhere }) {
    const accounts = new ObjectIndex(objects, 'ServiceAccount', '');
    // Kubernetes itself puts this one into every namespace.
    const exists = (namespace: string, name: string) =>
      name === 'default' || accounts.find(namespace, name) !== undefined;
    yield* eachObject(objects, (object) => missingReferences(object, 'ServiceAccount', exists, elsewhere));
  },
});
