import { objectRule } from '../../rule.ts';
import { manifest } from '../exampleYaml.ts';

/** A pod runs something. Init containers end before it does. */
export const podContainers = objectRule({
  name: 'pod-containers',
  asks: 'Every pod has a container that is no init container.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'The API server refuses a pod without containers. Most often they stand in the wrong place, one level too high or too low, where nobody reads them.',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/#using-pods',
  passes: manifest('v1', 'Pod', 'shop', 'spec: { containers: [{ name: shop }] }'),
  fails: manifest('v1', 'Pod', 'shop', 'spec: { containers: [] }'),
  *check({ workload }) {
    if (workload === undefined || workload.containers.some(({ role }) => role === 'main')) return;
    yield {
      path: `${workload.podPath}.containers`,
      problem: 'has no entry: it must have one or more',
      fix: 'containers: [{ name: "shop", image: "shop:1.4.2" }]',
    };
  },
});
