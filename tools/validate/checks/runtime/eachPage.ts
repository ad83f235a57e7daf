import type { CheckContext } from '../../check.ts';
import type { Deployment } from '../../deployment.ts';
import type { Finding } from '../../finding.ts';
import { describeRefusal } from '../../refusal.ts';
import { exampleServicePage, hasExample, readExampleServices } from './exampleServices.ts';
import { addressedPage, type Page } from './page.ts';

/** Whether there is a page to be looked at: of the example, or one that the user has named. */
export async function hasPages(deployment: Deployment): Promise<boolean> {
  return deployment.applications.length > 0 || (await hasExample(deployment));
}

/** Looks at the page of each service of the example, and of each application that the user has named; one that fails stops no other. */
export async function eachPage(
  { deployment, signal }: CheckContext,
  look: (page: Page, signal: AbortSignal) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  const found = await Promise.all([
    ofExample(deployment, look, signal),
    ...deployment.applications.map((application) => lookAt(addressedPage(application), look, signal)),
  ]);
  return found.flat();
}

async function ofExample(
  deployment: Deployment,
  look: (page: Page, signal: AbortSignal) => Promise<readonly Finding[]>,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const subject = 'the example';
  try {
    if (!(await hasExample(deployment))) return [];
    const kube = await deployment.kube();
    const services = await readExampleServices(kube);
    const found = services.map(async (service) => {
      const page = await exampleServicePage(kube, service);
      return page === undefined ? [notReady(service.name)] : lookAt(page, look, signal);
    });
    return (await Promise.all(found)).flat();
  } catch (error) {
    if (signal.aborted) throw error;
    return [{ outcome: 'unchecked', subject, expected: 'services with a page', ...describeRefusal(error) }];
  }
}

async function lookAt(
  page: Page,
  look: (page: Page, signal: AbortSignal) => Promise<readonly Finding[]>,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  try {
    return await look(page, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    return [{ outcome: 'unchecked', subject: page.name, expected: 'an answer of its page', ...describeRefusal(error) }];
  }
}

function notReady(service: string): Finding {
  return {
    outcome: 'failed',
    subject: `${service} of the example`,
    expected: 'a pod that is ready',
    found: 'none',
    mend: '`npm run status` says what it waits for',
  };
}
