import { CoreV1Api, DiscoveryV1Api, type V1EndpointSlice, type V1Service } from '@kubernetes/client-node';
import { unlessAbsent } from '../../../kube/namespaces.ts';
import type { Check } from '../../check.ts';
import { describeObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';

/** What is sent to a Service reaches a pod. */
export const servicesLead: Check = {
  id: 'services-lead',
  component: 'endpoints',
  title: 'every Service leads to pods that are ready',
  run: async ({ deployment }) => {
    const [kube, declared] = await Promise.all([deployment.kube(), deployment.declared()]);
    const core = kube.makeApiClient(CoreV1Api);
    const discovery = kube.makeApiClient(DiscoveryV1Api);
    const services = declared.filter(({ kind, apiVersion }) => kind === 'Service' && apiVersion === 'v1');
    return Promise.all(
      services.map(async (object): Promise<Finding> => {
        const { name, namespace = '' } = object;
        const labelSelector = `kubernetes.io/service-name=${name}`;
        const [live, { items }] = await Promise.all([
          core.readNamespacedService({ namespace, name }).catch(unlessAbsent),
          discovery.listNamespacedEndpointSlice({ namespace, labelSelector }),
        ]);
        return judgeService(describeObject(object), live, items);
      }),
    );
  },
};

/** Whether a Service leads anywhere, by each of its ports. */
export function judgeService(
  subject: string,
  service: Pick<V1Service, 'spec'> | undefined,
  slices: readonly V1EndpointSlice[],
): Finding {
  const wanted = (service?.spec?.ports ?? []).map(({ name = '' }) => name);
  const expected = 'a pod that is ready, at each port';
  const ready = slices.map(({ ports, endpoints }) => ({
    // The API server says null where there is none.
    names: ((ports as typeof ports | null) ?? []).map(({ name = '' }) => name),
    count: ((endpoints as typeof endpoints | null) ?? []).filter(({ conditions }) => conditions?.ready !== false)
      .length,
  }));
  const dead = wanted.filter((port) => !ready.some(({ names, count }) => count > 0 && names.includes(port)));
  const most = Math.max(0, ...ready.map(({ count }) => count));
  if (service !== undefined && wanted.length > 0 && dead.length === 0)
    return { outcome: 'ok', subject, expected, found: `${most} pods at ${wanted.length} ports` };
  return {
    outcome: 'failed',
    subject,
    expected,
    found: service === undefined ? 'there is no such Service' : `no pod at ${dead.join(', ') || 'any port'}`,
    mend: 'see whether its selector is what the stack declares (objects-undrifted), and whether its pods are ready (workloads-ready)',
  };
}
