import { AppsV1Api, CoreV1Api } from '@kubernetes/client-node';
import { expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { npmRun, npmRunJson, testCluster } from '../support/commands.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });

// Nothing can be fetched: every proxy is a closed port, and Go may not ask its own.
const offline = {
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  http_proxy: 'http://127.0.0.1:9',
  https_proxy: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1,localhost',
  no_proxy: '127.0.0.1,localhost',
  GOPROXY: 'off',
  GOFLAGS: '-mod=readonly',
};

test('a second up works offline, changes no object and restarts no pod, and reads a new trace', async () => {
  const before = await fingerprint();
  const second = await npmRunJson('up', ['--cluster', testCluster], { env: offline });
  expect(second['changed']).toBe(false);
  expect(await fingerprint()).toEqual(before);
  expect(second['traceId']).not.toBe(inject('up')['traceId']);
  expect(second['spanCount']).toBe(inject('up')['spanCount']);
});

test('a preview of what is deployed finds no change', async () => {
  expect(await npmRunJson('preview', ['--cluster', testCluster])).toEqual({ changes: 0 });
});

test('status says that all is healthy, and where traces are', async () => {
  const status = await npmRunJson('status', ['--cluster', testCluster]);
  expect(status).toMatchObject({ cluster: 'running', healthy: true, uiUrl: inject('up')['uiUrl'] });
});

test('status of a cluster that does not run says so and exits with 1', async () => {
  const result = await npmRun('status', ['--cluster', 'nowhere']);
  expect([result.exitCode, result.stdout]).toEqual([1, 'The local cluster does not run: `npm run up` starts it.']);
});

/** Generations of every workload and the identity of every pod, in the namespaces that `up` fills. */
async function fingerprint(): Promise<unknown> {
  const apps = kube.makeApiClient(AppsV1Api);
  const core = kube.makeApiClient(CoreV1Api);
  const found = await Promise.all(
    ['tracing', 'checkout'].flatMap((namespace) => [
      apps.listNamespacedDeployment({ namespace }),
      apps.listNamespacedStatefulSet({ namespace }),
      apps.listNamespacedDaemonSet({ namespace }),
      core.listNamespacedPod({ namespace }),
      core.listNamespacedService({ namespace }),
      core.listNamespacedConfigMap({ namespace }),
    ]),
  );
  return found.flatMap(({ items }) =>
    items.map(({ metadata }) => [metadata?.name, metadata?.uid, metadata?.generation]),
  );
}
