// @spec S1.3
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkout, npmRun, type CommandResult } from '../support/commands.ts';
import { copyCheckout } from './support/checkoutCopy.ts';
import { replaceInFile } from './support/replaceInFile.ts';

interface Found {
  readonly rule: string;
  readonly kind: string;
  readonly level: string;
  readonly object: string;
  readonly path: string;
  readonly problem: string;
}

interface Target {
  readonly name: string;
  readonly environment: string;
  readonly objects: number;
  readonly errors: readonly { readonly file: string; readonly message: string }[];
  readonly findings: readonly Found[];
  readonly exempted: readonly Found[];
}

// A pull request of a fork has nothing of these. The backend and the cluster that are named here are nowhere.
const nobody = {
  KUBECONFIG: '/nowhere/kubeconfig',
  PULUMI_BACKEND_URL: 'https://pulumi.invalid',
  PULUMI_ACCESS_TOKEN: undefined,
  PULUMI_CONFIG_PASSPHRASE: undefined,
  PULUMI_CONFIG_PASSPHRASE_FILE: undefined,
};

async function policy(directory: string, ...args: readonly string[]): Promise<CommandResult> {
  return npmRun('policy', args, { cwd: directory, env: nobody });
}

function targetsOf({ stdout }: CommandResult): readonly Target[] {
  return (JSON.parse(stdout.split('\n').at(-1) ?? '') as { readonly targets: readonly Target[] }).targets;
}

async function configurations(directory: string): Promise<ReadonlyMap<string, string>> {
  const files = (await readdir(directory)).filter((file) => /^Pulumi.*\.yaml$/.test(file));
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(join(directory, file), 'utf8')] as const)),
  );
}

test('every stack of this checkout keeps every mandatory rule, without a cluster, a passphrase or a backend', async () => {
  const before = await configurations(checkout);
  const result = await policy(checkout, '--json');
  const targets = targetsOf(result);
  const failing = targets.flatMap(({ findings }) => findings.filter(({ level }) => level === 'mandatory'));
  expect([result.exitCode, failing]).toEqual([0, []]);
  expect(targets.map(({ name, environment, errors }) => [name, environment, errors])).toEqual([
    ['stack dev', 'dev', []],
    ['stack prod', 'prod', []],
    ['stack staging', 'staging', []],
  ]);
  for (const { objects } of targets) expect(objects).toBeGreaterThan(25);
  expect(await configurations(checkout)).toEqual(before);
});

const program = `import * as k8s from '@pulumi/kubernetes';
import { secret } from '@pulumi/pulumi';

function declareMore(): void {
  const service = new k8s.core.v1.Service('odd', { metadata: { name: 'odd', namespace: 'odd' }, spec: { ports: [{ port: 80 }] } });
  const deployment = (name: string, container: object) =>
    new k8s.apps.v1.Deployment(name, {
      metadata: { name, namespace: 'odd' },
      spec: {
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image: 'odd:1.2.3', ...container }] } },
      },
    });
  deployment('secret', { env: [{ name: 'ODD', value: secret('a text that nobody may see') }] });
  const limits = { cpu: service.status.loadBalancer.ingress[0].hostname, memory: '64Mi' };
  deployment('unknown', { resources: { requests: { cpu: '1m', memory: '64Mi' }, limits } });
}
`;

test('a secret hides no container, and a value that nobody knows yet fails the run', async () => {
  await using copy = await copyCheckout();
  const index = join(copy.directory, 'infra', 'index.ts');
  await replaceInFile(index, '  return new TracingStack', '  declareMore();\n  return new TracingStack');
  await writeFile(index, `${program}${await readFile(index, 'utf8')}`);
  const result = await policy(copy.directory, '--stack', 'dev', '--json');
  expect([result.exitCode, result.stderr]).toEqual([1, expect.stringContaining('stack dev: done')]);
  const findings = targetsOf(result).flatMap((target) => target.findings);
  const resources = findings.filter(({ rule }) => rule === 'container-resources');
  const limit = 'spec.template.spec.containers[0].resources.limits.cpu';
  expect(resources.filter(({ object }) => object === 'Deployment/odd/secret')).toContainEqual(
    expect.objectContaining({ kind: 'breach', path: limit }),
  );
  expect(resources.filter(({ object }) => object === 'Deployment/odd/unknown')).toEqual([
    expect.objectContaining({ kind: 'unknown', level: 'mandatory', path: limit }),
  ]);
  expect(result.stdout + result.stderr).not.toContain('a text that nobody may see');
});

test('a stack that cannot be previewed is an error, and the others are looked at all the same', async () => {
  await using copy = await copyCheckout();
  const file = (name: string): string => join(copy.directory, name);
  const provider = `  kubernetes:enableConfigMapMutable: 'true'\n  kubernetes:enableSecretMutable: 'true'\n`;
  await writeFile(
    file('Pulumi.prod.yaml'),
    `config:\n${provider}  tracewright:quary: {}\n  tracewright:environment: dev\n`,
  );
  await writeFile(
    file('Pulumi.staging.yaml'),
    `encryptionsalt: v1:abc\nconfig:\n${provider}  tracewright:environment: dev\n  other:token:\n    secure: v1:abc\n`,
  );
  await writeFile(
    file('Pulumi.thrown.yaml'),
    `config:\n${provider}  tracewright:environment: dev\n  tracewright:namespace: thrown\n`,
  );
  await replaceInFile(
    join(copy.directory, 'infra', 'index.ts'),
    "new TracingStack('tracing', readStackConfig())",
    "new TracingStack('tracing', refused(readStackConfig()))",
  );
  await writeFile(
    join(copy.directory, 'infra', 'index.ts'),
    `${await readFile(join(copy.directory, 'infra', 'index.ts'), 'utf8')}
function refused<T extends { readonly namespace?: unknown }>(config: T): T {
  if (config.namespace === 'thrown') throw new Error('this program throws');
  return config;
}\n`,
  );
  const result = await policy(copy.directory, '--json');
  expect(result.exitCode).toBe(1);
  const targets = new Map(targetsOf(result).map((target) => [target.name, target]));
  expect(targets.get('stack dev')).toMatchObject({ errors: [], objects: expect.any(Number) as number });
  const messages = ['prod', 'staging', 'thrown'].map((stack) => targets.get(`stack ${stack}`)?.errors[0]?.message);
  expect(messages).toEqual([
    expect.stringMatching(/^StackConfigError: .*tracewright:quary.*did you mean "query"/s),
    expect.stringContaining(
      'CredentialsNeededError: Pulumi.staging.yaml cannot be previewed without credentials: other:token is encrypted.',
    ),
    expect.stringMatching(/^StackError: pulumi preview failed:.*this program throws/s),
  ]);
});

const exemption = (expires: string): string => `rules:
  container-probes: disabled
exemptions:
  - rule: container-resources
    resource: Deployment/*/jaeger-query
    reason: This test breaks it.
    expires: ${expires}
`;

test('policy.yaml is heard by the command and by the engine of a preview alike', async () => {
  await using copy = await copyCheckout();
  const podTemplate = join(copy.directory, 'infra', 'kubernetes', 'podTemplate.ts');
  await replaceInFile(
    podTemplate,
    '...args.container',
    "...args.container, ...(args.name === 'jaeger-query' ? { resources: {}, livenessProbe: undefined } : {})",
  );
  const runs = async () => [
    (await policy(copy.directory, '--stack', 'dev')).exitCode,
    (await npmRun('preview', ['--stack', 'dev', '--cluster', 'policy-preview'], { cwd: copy.directory, env: nobody }))
      .exitCode,
  ];
  expect(await runs()).toEqual([1, 1]);
  await writeFile(join(copy.directory, 'policy.yaml'), exemption('2999-12-31'));
  expect(await runs()).toEqual([0, 0]);
  await writeFile(join(copy.directory, 'policy.yaml'), exemption('2020-12-31'));
  expect(await runs()).toEqual([1, 1]);
  await writeFile(join(copy.directory, 'policy.yaml'), 'rules:\n  container-resource: disabled\n');
  const broken = await npmRun('preview', ['--stack', 'dev', '--cluster', 'policy-preview'], {
    cwd: copy.directory,
    env: nobody,
  });
  expect([broken.exitCode, broken.stderr]).toEqual([
    1,
    expect.stringContaining(
      'policy.yaml:2: rules.container-resource is not a rule: did you mean "container-resources"?',
    ),
  ]);
});
