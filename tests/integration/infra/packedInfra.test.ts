import { execa } from 'execa';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultCacheDirectory } from '../../../tools/toolchain/cacheDirectory.ts';
import { resolveEngine, type Engine } from '../../../tools/toolchain/engine.ts';
import { partsOf } from '../../../tools/toolchain/parts.ts';
import { startToolchain } from '../../../tools/toolchain/toolchain.ts';

const repository = new URL('../../..', import.meta.url).pathname;

const program = `
import * as k8s from '@pulumi/kubernetes';
import { readSamplingFile, TracingStack } from '@tracewright/infra';

const tracing = new TracingStack('tracing', {
  namespace: 'packed',
  collector: { replicas: 3 },
  sampling: readSamplingFile('sampling.yaml'),
});
if (process.env.BREACH) {
  new k8s.core.v1.Pod('bare', { spec: { containers: [{ name: 'bare', image: 'redis:7' }] } });
}
export const agentHost = tracing.endpoints.agent.host;
`;

const typed = `
import type * as pulumi from '@pulumi/pulumi';
import { readSamplingFile, TracingStack, type TracingStackArgs } from '@tracewright/infra';

const sampling = readSamplingFile('sampling.yaml');
const args: TracingStackArgs = { namespace: 'packed', query: { replicas: 2 }, sampling };
export const host: pulumi.Output<string> = new TracingStack('tracing', args).endpoints.agent.host;
`;

let home: string;
let project: string;
let engine: Engine;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'tracewright-packed-'));
  project = join(home, 'consumer');
  await mkdir(join(home, 'state'), { recursive: true });
  await mkdir(project);
  for (const workspace of ['infra', 'policies']) {
    await execa('npm', ['pack', '--workspace', workspace, '--pack-destination', home], { cwd: repository });
  }
  await write('package.json', JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  const tarballs = ['infra', 'policies'].map((name) => `../tracewright-${name}-0.1.0.tgz`);
  await execa('npm', ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', ...tarballs], {
    cwd: project,
  });
  await write(
    'Pulumi.yaml',
    'name: consumer\nmain: main.js\nruntime: { name: nodejs, options: { typescript: false } }\n',
  );
  await write('main.js', program);
  await write('sampling.yaml', 'default: { type: ratelimiting, param: 7 }\n');
  const parts = startToolchain({
    parts: partsOf('engine'),
    cacheDirectory: defaultCacheDirectory(process.env),
    environment: process.env,
  });
  engine = resolveEngine(await parts.all, process.env);
  expect((await pulumi(['stack', 'init', 'dev'])).exitCode).toBe(0);
}, 600_000);
afterAll(() => rm(home, { recursive: true, force: true }));

describe('the packed infra and policies in an empty project', () => {
  it('make Jaeger from another program, under the packed pack', async () => {
    const { exitCode, stdout } = await preview({});
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringContaining('kubernetes:apps/v1:Deployment tracing-collector create'),
    ]);
    expect(stdout).toContain('agentHost: "jaeger-agent.packed.svc"');
    // It advises; what must be, is.
    expect(stdout).toMatch(/⚠️ tracewright@v0\.1\.0/);
    expect(stdout).toContain('[advisory]  job-cleanup');
    expect(stdout).not.toContain('[mandatory]');
  });

  it('refuse a program that breaks a rule', async () => {
    const { exitCode, stdout } = await preview({ BREACH: '1' });
    expect(exitCode).not.toBe(0);
    expect(stdout).toMatch(/container-resources.*bare/s);
  });

  it('bring the runbooks', async () => {
    const packed = join(project, 'node_modules', '@tracewright', 'infra', 'dist', 'runbooks');
    expect((await readdir(packed)).sort()).toEqual((await readdir(join(repository, 'docs', 'runbooks'))).sort());
  });

  it('carry types for a strict TypeScript program that checks its libraries too', async () => {
    await write('typed.ts', typed);
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      module: 'nodenext',
      target: 'es2022',
      types: ['node'],
      typeRoots: [join(repository, 'node_modules', '@types')],
      noEmit: true,
    };
    await write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['typed.ts'] }));
    const { exitCode, stdout } = await execa('tsc', ['--project', '.'], {
      cwd: project,
      reject: false,
      preferLocal: true,
      localDir: repository,
    });
    expect([exitCode, stdout]).toEqual([0, '']);
  });
});

function preview(environment: Readonly<Record<string, string>>): ReturnType<typeof pulumi> {
  const pack = join(project, 'node_modules', '@tracewright', 'policies');
  return pulumi(['preview', '--stack', 'dev', '--policy-pack', pack], environment);
}

async function pulumi(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const path = [join(repository, 'node_modules', '.bin'), engine.environment['PATH'] ?? process.env['PATH']].join(
    delimiter,
  );
  return execa(engine.command, [...args, '--non-interactive', '--color', 'never'], {
    cwd: project,
    reject: false,
    stdin: 'ignore',
    env: {
      ...engine.environment,
      PATH: path,
      PULUMI_HOME: join(home, 'pulumi'),
      PULUMI_BACKEND_URL: pathToFileURL(join(home, 'state')).href,
      PULUMI_CONFIG_PASSPHRASE: 'packed',
      KUBECONFIG: devNull,
      ...environment,
    },
  });
}

function write(name: string, text: string): Promise<void> {
  return writeFile(join(project, name), text);
}
