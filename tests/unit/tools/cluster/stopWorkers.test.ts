import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createClusterIdentity } from '../../../../tools/cluster/clusterIdentity.ts';
import { createClusterLayout } from '../../../../tools/cluster/clusterLayout.ts';
import { nodePlaces } from '../../../../tools/cluster/clusterNodes.ts';
import { UnknownWorkerError } from '../../../../tools/cluster/errors/unknownWorkerError.ts';
import { readLiveNode } from '../../../../tools/cluster/nodeProcess.ts';
import { stopWorker, stopWorkers } from '../../../../tools/cluster/stopWorkers.ts';
import { writePrivateFile } from '../../../../tools/process/privateFiles.ts';
import { identifyProcess } from '../../../../tools/process/processIdentity.ts';

const directory = mkdtempSync(join(tmpdir(), 'tracewright-workers-'));
const identity = createClusterIdentity('dev', directory, join(directory, 'clusters'));
const layout = createClusterLayout(identity.stateDirectory);
const cluster = { identity, layout };
let processes: readonly ChildProcess[] = [];

// In place of three nodes, three processes that do nothing else either.
beforeEach(async () => {
  processes = await Promise.all(
    nodePlaces(identity, layout, 3).map(async (place) => {
      const child = spawn('sleep', ['60'], { stdio: 'ignore' });
      await once(child, 'spawn');
      writePrivateFile(place.layout.initFile, JSON.stringify(identifyProcess(child.pid ?? 0)));
      return child;
    }),
  );
});
afterEach(() => {
  for (const child of processes) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

function running(): readonly boolean[] {
  return nodePlaces(identity, layout, 3).map((place) => readLiveNode(place.layout) !== undefined);
}

it('ends the worker of that name, and no other', async () => {
  await stopWorker(cluster, 'tracewright-dev-3');
  expect(running()).toEqual([true, true, false]);
});

it.each(['tracewright-dev', 'tracewright-dev-4', '2'])('ends nothing when told to end %j', async (name) => {
  const stop = stopWorker(cluster, name);
  await expect(stop).rejects.toThrow(UnknownWorkerError);
  await expect(stop).rejects.toThrow('Use one of tracewright-dev-2, tracewright-dev-3.');
  expect(running()).toEqual([true, true, true]);
});

it('says that there is none when every worker has ended', async () => {
  await stopWorkers(cluster);
  expect(running()).toEqual([true, false, false]);
  await expect(stopWorker(cluster, 'tracewright-dev-2')).rejects.toThrow('It has none that runs.');
});
