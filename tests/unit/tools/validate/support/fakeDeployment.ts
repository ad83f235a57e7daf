import type { Deployment } from '../../../../../tools/validate/deployment.ts';

/** A deployment of which nothing can be had but what a test gives. */
export function fakeDeployment(given: Partial<Deployment> = {}): Deployment {
  const nothing = (): Promise<never> => Promise.reject(new Error('the test has not given this'));
  return {
    stack: 'dev',
    context: nothing,
    config: nothing,
    kube: nothing,
    kubernetes: nothing,
    isLocal: nothing,
    engineVersion: nothing,
    declared: nothing,
    outputs: nothing,
    namespaces: nothing,
    live: nothing,
    pods: nothing,
    applications: [],
    ...given,
  };
}
