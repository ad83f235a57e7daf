import { expect, it } from 'vitest';
import { createClusterIdentity } from '../../../../tools/cluster/clusterIdentity.ts';
import { createClusterLayout } from '../../../../tools/cluster/clusterLayout.ts';
import { liveNodes, nodePlaces, workerPlaces } from '../../../../tools/cluster/clusterNodes.ts';

const identity = createClusterIdentity('dev', '/nowhere/checkout', '/nowhere/clusters');
const layout = createClusterLayout(identity.stateDirectory);

it('has its first node where a cluster of one node has it', () => {
  const { nodeName: name, cgroupName } = identity;
  expect(nodePlaces(identity, layout, 1)).toEqual([{ number: 1, name, layout, cgroupName }]);
});

it('has its workers inside what `down` removes: the state and the cgroups of the cluster', () => {
  const workers = workerPlaces(identity, layout);
  expect(workers.map(({ name }) => name)).toEqual(['tracewright-dev-2', 'tracewright-dev-3']);
  expect(workers.map(({ cgroupName }) => cgroupName)).toEqual([
    `${identity.cgroupName}/node-2`,
    `${identity.cgroupName}/node-3`,
  ]);
  expect(workers.map(({ layout: { root } }) => root)).toEqual([`${layout.root}/nodes/2`, `${layout.root}/nodes/3`]);
});

it('gives no two nodes a path in common', () => {
  const paths = nodePlaces(identity, layout, 3).flatMap((place) => Object.values<string>({ ...place.layout }));
  expect(new Set(paths).size).toBe(paths.length);
});

it('takes nodes that were never started as not running', () => {
  expect(liveNodes(nodePlaces(identity, layout, 3))).toEqual([]);
});
