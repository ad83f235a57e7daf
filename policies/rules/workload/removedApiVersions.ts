import { objectRule } from '../../rule.ts';
import { manifest } from '../exampleYaml.ts';
import { kubernetesRelease } from './kubernetesRelease.ts';
import { retiredApiVersion } from './retiredApiVersions.ts';

/** The cluster still knows the API version of each object. */
export const removedApiVersions = objectRule({
  name: 'removed-api-versions',
  asks: 'No object has an API version that Kubernetes serves no longer.',
  severity: 'high',
  level: 'mandatory',
  rationale: 'The API server knows no such object: neither it nor a release that holds it can be deployed.',
  link: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
  passes: manifest('networking.k8s.io/v1', 'Ingress', 'shop', 'spec: {}'),
  fails: manifest('networking.k8s.io/v1beta1', 'Ingress', 'shop', 'spec: {}'),
  parameters: { kubernetesRelease },
  *check({ apiVersion, kind }, { kubernetesRelease: release }) {
    const retired = retiredApiVersion(apiVersion, kind);
    if (retired?.removedIn === undefined || retired.removedIn > release) return;
    yield {
      path: 'apiVersion',
      problem: `is "${apiVersion}", which Kubernetes 1.${retired.removedIn} and later do not serve for ${kind}: it must be one that Kubernetes 1.${release} serves`,
      fix: retired.instead,
    };
  },
});
