import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { stackLabel } from '../../../../infra/kubernetes/labels.ts';
import { unlessAbsent } from '../../../kube/namespaces.ts';
import { componentOf, isReadyPod } from '../../../kube/podState.ts';
import { exampleNamespace, readPageToken } from '../../../up/example.ts';
import type { Deployment } from '../../deployment.ts';
import { podPage, type Page } from './page.ts';

/** The services of the example. */
export const exampleServiceNames = ['storefront', 'orders'] as const;

/** One of {@link exampleServiceNames}. */
export type ExampleServiceName = (typeof exampleServiceNames)[number];

/** Where each pod of the example's services listens. */
export const examplePorts = { http: 8080, failures: 8081, page: 4319, metrics: 9464 } as const;

/** A service of the example with its pods that are ready, sorted by name; there may be none. */
export interface ExampleService {
  readonly name: ExampleServiceName;
  readonly pods: readonly string[];
}

/** Whether the example is in the cluster and belongs to the stack. */
export async function hasExample(deployment: Pick<Deployment, 'kube' | 'stack'>): Promise<boolean> {
  const core = (await deployment.kube()).makeApiClient(CoreV1Api);
  const namespace = await core.readNamespace({ name: exampleNamespace }).catch(unlessAbsent);
  return namespace?.metadata?.labels?.[stackLabel] === deployment.stack;
}

/** The services of the example. */
export async function readExampleServices(kube: KubeConfig): Promise<readonly ExampleService[]> {
  const { items } = await kube.makeApiClient(CoreV1Api).listNamespacedPod({ namespace: exampleNamespace });
  return exampleServiceNames.map((name) => ({
    name,
    pods: items
      .filter((pod) => componentOf(pod) === name && isReadyPod(pod))
      .map(({ metadata }) => metadata?.name ?? '')
      .sort(),
  }));
}

/** The page of one pod of a service: it shows all replicas. */
export async function exampleServicePage(kube: KubeConfig, { name, pods }: ExampleService): Promise<Page | undefined> {
  const [pod] = pods;
  if (pod === undefined) return undefined;
  const place = { name: `${name} of the example`, namespace: exampleNamespace, pod, port: examplePorts.page };
  return podPage(kube, place, await readPageToken(kube));
}
