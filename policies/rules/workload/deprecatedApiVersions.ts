import { objectRule } from '../../rule.ts';
import { manifest } from '../exampleYaml.ts';
import { kubernetesRelease } from './kubernetesRelease.ts';
import { retiredApiVersion } from './retiredApiVersions.ts';

/** The next releases will know the API version of each object. */
export const deprecatedApiVersions = objectRule({
  name: 'deprecated-api-versions',
  asks: 'No object has an API version that Kubernetes has deprecated.',
  severity: 'low',
  level: 'advisory',
  rationale:
    'A coming release of Kubernetes takes it away, and an update of the cluster then breaks the next deployment.',
  link: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
  passes: manifest('discovery.k8s.io/v1', 'EndpointSlice', 'shop', 'addressType: IPv4'),
  fails: manifest('v1', 'Endpoints', 'shop', 'subsets: []'),
  parameters: { kubernetesRelease },
  *check({ apiVersion, kind }, { kubernetesRelease: release }) {
    const retired = retiredApiVersion(apiVersion, kind);
    const { deprecatedIn = Infinity, removedIn = Infinity } = retired ?? {};
    if (retired === undefined || deprecatedIn > release || removedIn <= release) return;
    const end = removedIn === Infinity ? '' : `, and which 1.${removedIn} serves no longer`;
    yield {
      path: 'apiVersion',
      problem: `is "${apiVersion}", which is deprecated for ${kind} since Kubernetes 1.${deprecatedIn}${end}: it must be the newer one`,
      fix: retired.instead,
    };
  },
});
