import type { KubeConfig } from '@kubernetes/client-node';
import { ApplicationNamespace } from '../applicationNamespace.ts';

/** The namespaces around a stack that is attacked, by their part in it; see `expectedFlows.ts`. */
export const attackNamespaces = {
  stranger: 'attack-stranger',
  elsewhere: 'attack-elsewhere',
  labelled: 'attack-labelled',
  listed: 'attack-listed',
  monitoring: 'attack-monitoring',
  readers: 'attack-readers',
  ingress: 'attack-ingress',
} as const;

/** Labels of the pods that the stack lets in from namespaces which have others too. */
export const attackPodLabels = {
  scraper: { 'app.kubernetes.io/name': 'prometheus' },
  door: { 'app.kubernetes.io/name': 'ingress-controller', 'app.kubernetes.io/component': 'controller' },
} as const;

/** Groups and users of the stack's roles. */
export const attackPeople = {
  viewers: { users: ['ada@example.com'], groups: ['attack-viewers'] },
  operators: { users: ['grace@example.com'], groups: ['attack-operators'] },
} as const;

/** What the attacks ask of a stack's configuration: everybody who may come in, and nobody else. */
export const attackSettings = {
  applicationNamespaces: [attackNamespaces.listed],
  network: {
    prometheus: { namespace: attackNamespaces.monitoring, podLabels: attackPodLabels.scraper },
    queryNamespaces: [attackNamespaces.readers],
  },
  ingress: {
    host: 'tracing.example.com',
    controller: { namespace: attackNamespaces.ingress, podLabels: attackPodLabels.door },
    unauthenticated: true,
  },
  access: attackPeople,
} as const;

/** The namespaces, in which applications can be run; disposing of them deletes them with all that is in them. */
export type AttackNamespaces = Readonly<Record<keyof typeof attackNamespaces, ApplicationNamespace>> & AsyncDisposable;

/** Makes the namespaces anew, before the stack is deployed. */
export async function createAttackNamespaces(kube: KubeConfig, jaegerNamespace: string): Promise<AttackNamespaces> {
  const create = (part: keyof typeof attackNamespaces, tracesTo?: string): Promise<ApplicationNamespace> =>
    ApplicationNamespace.create(kube, attackNamespaces[part], tracesTo);
  const [stranger, elsewhere, labelled, listed, monitoring, readers, ingress] = await Promise.all([
    create('stranger'),
    create('elsewhere', `${jaegerNamespace}-of-others`),
    create('labelled', jaegerNamespace),
    create('listed'),
    create('monitoring'),
    create('readers'),
    create('ingress'),
  ]);
  const created = { stranger, elsewhere, labelled, listed, monitoring, readers, ingress };
  const deleteAll = async (): Promise<void> => {
    await Promise.all(Object.values(created).map((namespace) => namespace[Symbol.asyncDispose]()));
  };
  return { ...created, [Symbol.asyncDispose]: deleteAll };
}
