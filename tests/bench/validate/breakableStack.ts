import type { KubeConfig } from '@kubernetes/client-node';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { encryptConfig } from '../../e2e/support/pulumiCli.ts';
import { shareElasticsearch } from '../../e2e/support/sharedElasticsearch.ts';
import { stackConfig } from '../../e2e/support/stackYaml.ts';
import { npmRunJson } from '../../support/commands.ts';
import type { ValidatedStack } from '../../support/validate/validateStack.ts';

/** Where the stack is deployed. */
export interface BreakableOptions {
  readonly checkout: string;
  /** Name of the local cluster. */
  readonly cluster: string;
  readonly kube: KubeConfig;
  /** Namespace whose Elasticsearch it uses, which asks nobody for a password. */
  readonly storage: string;
}

const name = 'breakable';
const namespace = 'tracing-breakable';
const passphrase = 'passphrase of the breakable stack';
const UP_SECONDS = 900;

/** Deploys a stack with what the local one has not: a password in a Secret, an autoscaler, ports of the node. */
export async function deployBreakable(
  options: BreakableOptions,
): Promise<{ readonly stack: ValidatedStack } & AsyncDisposable> {
  const { checkout, cluster, kube, storage } = options;
  await using made = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), 'tracewright-breakable-'));
  made.defer(() => rm(directory, { recursive: true }));
  const configFile = join(directory, `Pulumi.${name}.yaml`);
  const encrypted = await encryptConfig(name, passphrase, {
    'tracewright:elasticsearchPassword': 'nobody asks for it',
  });
  const config = {
    ...stackConfig({
      environment: 'dev',
      profile: 'small',
      namespace,
      storage: {
        kind: 'external',
        urls: [`http://elasticsearch.${storage}.svc:9200`],
        indexPrefix: 'breakable.bench',
        username: 'jaeger',
      },
      collector: { replicas: 1 },
      query: { autoscaling: { minReplicas: 1, maxReplicas: 2 } },
      agent: { hostPorts: true },
    }),
    ...encrypted.config,
  };
  await writeFile(configFile, stringify({ encryptionsalt: encrypted.encryptionsalt, config }));
  const environment = { PULUMI_CONFIG_PASSPHRASE: passphrase };
  made.use(await shareElasticsearch(kube, storage, namespace));
  const args = ['--cluster', cluster, '--stack', name, '--config-file', configFile, '--no-example'];
  await npmRunJson('up', args, { cwd: checkout, env: environment, timeoutSeconds: UP_SECONDS });
  const stack = { checkout, cluster, name, namespace, configFile, environment };
  const kept = made.move();
  return { stack, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
