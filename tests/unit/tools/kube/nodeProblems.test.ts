import type { V1Node, V1Pod } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { nodeProblem } from '../../../../tools/kube/nodeProblems.ts';

function node(ready: string, unschedulable = false): V1Node {
  const message = ready === 'True' ? 'kubelet is posting ready status' : 'Kubelet stopped posting node status.';
  return {
    metadata: { name: 'one' },
    spec: { unschedulable },
    status: { conditions: [{ type: 'Ready', status: ready, message }] },
  };
}

function pod(nodeName: string, phase = 'Running'): V1Pod {
  return { spec: { nodeName, containers: [] }, status: { phase } };
}
const here = pod('one');
const elsewhere = pod('two');
const finished = pod('one', 'Succeeded');

test('a node that is ready and open is well, whatever waits', () => {
  expect(nodeProblem(node('True'), [here], true)).toBeUndefined();
});

test.each(['Unknown', 'False'])('a node whose readiness is %s is named with its pods and what to do', (ready) => {
  expect(nodeProblem(node(ready), [here, elsewhere], false)).toBe(
    'is not ready (Kubelet stopped posting node status.), with 1 of our pods on it: after 5 minutes Kubernetes makes them anew ' +
      'elsewhere, but not what needs a volume of that node. Bring the node back, or delete it (kubectl delete node one)',
  );
});

test('a lost node that touches no pod of ours is nobody of ours to tell', () => {
  expect(nodeProblem(node('Unknown'), [elsewhere, finished], false)).toBeUndefined();
});

test('a cordoned node is named only while pods wait for a place', () => {
  expect(nodeProblem(node('True', true), [here], false)).toBeUndefined();
  expect(nodeProblem(node('True', true), [here], true)).toBe(
    'is cordoned, and takes no new pods: kubectl uncordon one, or add a node',
  );
});
