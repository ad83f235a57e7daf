import type { KubeConfig } from '@kubernetes/client-node';
import { exampleServicePage, readExampleServices } from '../../../tools/validate/checks/runtime/exampleServices.ts';
import type { Page } from '../../../tools/validate/checks/runtime/page.ts';

/** The page of each service of the example. @throws Error when one has no pod that is ready */
export async function examplePages(kube: KubeConfig): Promise<readonly Page[]> {
  const services = await readExampleServices(kube);
  return Promise.all(
    services.map(async (service) => {
      const page = await exampleServicePage(kube, service);
      if (page === undefined) throw new Error(`${service.name} has no pod that is ready`);
      return page;
    }),
  );
}
