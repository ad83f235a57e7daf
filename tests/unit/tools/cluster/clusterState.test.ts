import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parseClusterState, readClusterState, writeClusterState } from '../../../../tools/cluster/clusterState.ts';

const state = {
  name: 'dev',
  checkout: '/home/me/checkout',
  apiPort: 6443,
  link: { hostAddress: '10.231.0.1', nodeAddress: '10.231.0.2' },
  nodeCount: 1,
};

const directory = mkdtempSync(join(tmpdir(), 'tracewright-state-'));
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe('parseClusterState', () => {
  it('accepts what was written and drops what it does not know', () => {
    expect(parseClusterState({ ...state, later: true })).toEqual(state);
  });

  it('takes a state that says nothing of nodes, as older ones do, as one node', () => {
    expect(parseClusterState({ ...state, nodeCount: undefined })).toEqual(state);
    expect(parseClusterState({ ...state, nodeCount: 2 })).toEqual({ ...state, nodeCount: 2 });
  });

  it.each([
    undefined,
    'text',
    { ...state, name: 7 },
    { ...state, checkout: undefined },
    { ...state, apiPort: 80 },
    { ...state, apiPort: 65_536 },
    { ...state, apiPort: '6443' },
    { ...state, nodeCount: 0 },
    { ...state, nodeCount: 4 },
    { ...state, nodeCount: '2' },
    { ...state, link: undefined },
    { ...state, link: { hostAddress: '10.231.0.1' } },
    { ...state, link: { hostAddress: '10.231.0.1; reboot', nodeAddress: '10.231.0.2' } },
  ])('refuses %j', (value) => {
    expect(parseClusterState(value)).toBeUndefined();
  });
});

describe('readClusterState', () => {
  it('reads what was written, in a file of its owner alone', () => {
    const path = join(directory, 'below', 'cluster.json');
    writeClusterState(path, state);
    expect(readClusterState(path)).toEqual(state);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(directory, 'below')).mode & 0o777).toBe(0o700);
  });

  it('takes a missing and a cut file as no state', () => {
    const path = join(directory, 'cluster.json');
    expect(readClusterState(path)).toBeUndefined();
    writeClusterState(path, state);
    writeFileSync(path, '{"name":');
    expect(readClusterState(path)).toBeUndefined();
  });
});
