import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { clustersDirectory, createClusterIdentity } from '../../../../tools/cluster/clusterIdentity.ts';
import { InvalidClusterNameError } from '../../../../tools/cluster/errors/invalidClusterNameError.ts';

const directory = mkdtempSync(join(tmpdir(), 'tracewright-identity-'));
const checkout = join(directory, 'checkout');
mkdirSync(checkout);
symlinkSync(checkout, join(directory, 'link'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe('createClusterIdentity', () => {
  it('names everything after the cluster', () => {
    const identity = createClusterIdentity('dev', checkout, '/state');
    expect(identity.id).toMatch(/^dev-[0-9a-f]{8}$/);
    expect(identity.stateDirectory).toBe(`/state/${identity.id}`);
    expect(identity.lockPath).toBe(`/state/.${identity.id}.lock`);
    expect(identity.cgroupName).toMatch(/^tracewright-dev-[0-9a-f]{8}$/);
    expect(identity.context).toBe('tracewright-dev');
  });

  it('keeps the interface’s name within the kernel’s 15 characters', () => {
    const { linkName } = createClusterIdentity('a'.repeat(32), checkout, '/state');
    expect(linkName.length).toBeLessThanOrEqual(15);
  });

  it('is the same through a symbolic link', () => {
    expect(createClusterIdentity('dev', join(directory, 'link'), '/state')).toEqual(
      createClusterIdentity('dev', checkout, '/state'),
    );
  });

  it.each([
    ['name', createClusterIdentity('test', checkout, '/state')],
    ['checkout', createClusterIdentity('dev', directory, '/state')],
    ['place of the states', createClusterIdentity('dev', checkout, '/other')],
  ])('shares nothing with a cluster of another %s', (_, other) => {
    const identity = createClusterIdentity('dev', checkout, '/state');
    expect(other.stateDirectory).not.toBe(identity.stateDirectory);
    expect(other.linkName).not.toBe(identity.linkName);
    expect(other.cgroupName).not.toBe(identity.cgroupName);
    expect(other.lockPath).not.toBe(identity.lockPath);
  });

  it('still names the cluster of a checkout that was deleted', () => {
    expect(createClusterIdentity('dev', '/no/such/checkout', '/state').checkout).toBe('/no/such/checkout');
  });

  it.each(['', 'Dev', '-dev', 'dev-', 'a b', '../x', '1dev', 'a'.repeat(33)])('refuses the name %j', (name) => {
    expect(() => createClusterIdentity(name, checkout, '/state')).toThrow(InvalidClusterNameError);
  });
});

describe('clustersDirectory', () => {
  it('follows XDG_STATE_HOME', () => {
    expect(clustersDirectory({ XDG_STATE_HOME: '/s' })).toBe('/s/tracewright/clusters');
  });

  it.each([{}, { XDG_STATE_HOME: '' }])('falls back to the home directory with %j', (environment) => {
    expect(clustersDirectory(environment)).toMatch(/\/\.local\/state\/tracewright\/clusters$/);
  });
});
