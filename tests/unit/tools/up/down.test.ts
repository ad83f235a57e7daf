import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createPlainDisplay } from '../../../../tools/console/plainDisplay.ts';
import { Phases } from '../../../../tools/console/phases.ts';
import { clustersDirectory, createClusterIdentity } from '../../../../tools/cluster/clusterIdentity.ts';
import type { CommandContext } from '../../../../tools/stack/commandContext.ts';
import { ClusterStoppedError, down } from '../../../../tools/up/down.ts';

const checkout = mkdtempSync(join(tmpdir(), 'tracewright-down-'));
const environment = { XDG_STATE_HOME: checkout, PATH: '' };

function commandOn(cluster: string): CommandContext {
  return {
    options: {
      checkout,
      cluster,
      stack: 'dev',
      configFile: join(checkout, 'Pulumi.dev.yaml'),
      example: true,
      deleteData: [],
      yes: false,
      forgetCluster: false,
      json: false,
    },
    environment,
    phases: new Phases(
      createPlainDisplay(() => undefined),
      () => 0,
    ),
    abort: new AbortController(),
    confirm: () => Promise.resolve(false),
  };
}

test('`down --keep-cluster` with a stopped cluster does not say that there was nothing, but how to go on', async () => {
  const { stateDirectory } = createClusterIdentity('stopped', checkout, clustersDirectory(environment));
  mkdirSync(stateDirectory, { recursive: true });
  const removal = down(commandOn('stopped'), true);
  await expect(removal).rejects.toThrow(ClusterStoppedError);
  await expect(removal).rejects.toThrow('npm run cluster -- up --name stopped');
  expect(existsSync(stateDirectory)).toBe(true);
});

test('without a cluster there is nothing to keep and nothing to remove', async () => {
  expect(await down(commandOn('absent'), true)).toMatchObject({ stackDestroyed: false, clusterRemoved: false });
});
