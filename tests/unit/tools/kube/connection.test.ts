import { ApiException } from '@kubernetes/client-node';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadKubeConfig, UnreachableClusterError } from '../../../../tools/kube/connection.ts';

let directory: string;
let kubeconfigPath: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tracewright-kubeconfig-'));
  kubeconfigPath = join(directory, 'config');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

const config = `
apiVersion: v1
kind: Config
clusters: [{ name: c, cluster: { server: 'https://127.0.0.1:1' } }]
users: [{ name: u, user: {} }]
contexts: [{ name: one, context: { cluster: c, user: u } }, { name: two, context: { cluster: c, user: u } }]
current-context: one
`;

it('takes the current context, or the one that is named', () => {
  writeFileSync(kubeconfigPath, config);
  expect(loadKubeConfig({ kubeconfigPath }).getCurrentContext()).toBe('one');
  expect(loadKubeConfig({ kubeconfigPath, context: 'two' }).getCurrentContext()).toBe('two');
});

it('names the contexts that there are where another is asked for', () => {
  writeFileSync(kubeconfigPath, config);
  expect(() => loadKubeConfig({ kubeconfigPath, context: 'x' })).toThrow(
    'context "x" is not in the kubeconfig; allowed: one, two. Set KUBECONFIG or name one of them with --context.',
  );
});

it('says that there is no kubeconfig where there is none', () => {
  vi.stubEnv('KUBECONFIG', undefined);
  vi.stubEnv('HOME', directory);
  expect(() => loadKubeConfig({ context: 'x' })).toThrow('allowed: none (the kubeconfig is empty or missing)');
  expect(() => loadKubeConfig({})).toThrow('allowed: none (the kubeconfig is empty or missing)');
});

it.each([
  ['a directory', () => mkdirSync(kubeconfigPath), 'EISDIR'],
  ['no YAML', () => writeFileSync(kubeconfigPath, '{ clusters: ['), 'flow'],
])('names a kubeconfig that is %s', (_, make, reason) => {
  make();
  vi.stubEnv('KUBECONFIG', kubeconfigPath);
  const load = (): unknown => loadKubeConfig({});
  expect(load).toThrow(`the kubeconfig ${kubeconfigPath} cannot be read: `);
  expect(load).toThrow(reason);
});

it('tells a cluster that lets nobody in from one that does not answer', () => {
  const refused = new ApiException(401, 'HTTP-Code: 401', '{"message":"Unauthorized"}', { 'audit-id': 'hush' });
  expect(new UnreachableClusterError('one', 'https://c', refused).message).toBe(
    'the cluster of context "one" (https://c) does not let you in: the API server refuses it (401): Unauthorized. Log in again, or name another context; nothing was changed.',
  );
  expect(new UnreachableClusterError('one', 'https://c', new Error('ECONNREFUSED')).message).toBe(
    'the cluster of context "one" (https://c) does not answer: ECONNREFUSED. Check that it runs and that this machine reaches it; nothing was changed.',
  );
});
