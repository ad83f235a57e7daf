import { CoreV1Api } from '@kubernetes/client-node';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { copyCheckout } from './support/checkoutCopy.ts';
import { npmRun, testCluster } from './support/commands.ts';

const namespace = 'policy-breach';

test.each([
  ['a container without limits', 'container-resources', 'limits: '],
  ['a container without a liveness probe', 'container-probes', 'livenessProbe: '],
])(
  '%s stops up before anything changes, and the message names the rule and the container',
  async (_what, rule, field) => {
    await using copy = await copyCheckout();
    await renameField(join(copy.directory, 'infra', 'components', 'jaegerQuery.ts'), field);
    const configFile = join(copy.directory, 'breach.yaml');
    await writeFile(configFile, `config:\n  tracewright:namespace: ${namespace}\n`);
    const result = await npmRun(
      'up',
      ['--context', `tracewright-${testCluster}`, '--config-file', configFile, '--yes'],
      {
        cwd: copy.directory,
        env: { KUBECONFIG: inject('kubeconfigPath') },
      },
    );
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain(rule);
    expect(result.stderr).toContain('jaeger-query');
    const { items } = await loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') })
      .makeApiClient(CoreV1Api)
      .listNamespace();
    expect(items.map(({ metadata }) => metadata?.name)).not.toContain(namespace);
  },
);

/** Takes a field out of the manifests that a component makes. */
async function renameField(file: string, field: string): Promise<void> {
  const source = await readFile(file, 'utf8');
  expect(source).toContain(field);
  await writeFile(file, source.replaceAll(field, `x${field}`));
}
