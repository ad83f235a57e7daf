// @spec S1.3 S1.4
import { CoreV1Api } from '@kubernetes/client-node';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { copyCheckout } from './support/checkoutCopy.ts';
import { replaceInFile } from './support/replaceInFile.ts';
import { stackYaml } from './support/stackYaml.ts';
import { npmRun, testCluster } from '../support/commands.ts';

const namespace = 'policy-breach';
const container = '...args.container';

test.each([
  [
    'containers without limits',
    'container-resources',
    `${container}, resources: { requests: { cpu: '1m', memory: '1Mi' } }`,
  ],
  ['containers without a liveness probe', 'container-probes', `${container}, livenessProbe: undefined`],
])(
  '%s stop up before anything changes, and the message names the rule and the container',
  async (_what, rule, breach) => {
    await using copy = await copyCheckout();
    await replaceInFile(join(copy.directory, 'infra', 'kubernetes', 'podTemplate.ts'), container, breach);
    const configFile = join(copy.directory, 'breach.yaml');
    await writeFile(configFile, stackYaml({ namespace }));
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
    const core = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') }).makeApiClient(CoreV1Api);
    const { items } = await core.listNamespace();
    expect(items.map(({ metadata }) => metadata?.name)).not.toContain(namespace);
  },
);
