import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentTap } from '../support/agentTap.ts';
import { repository } from '../support/repository.ts';

const run = promisify(execFile);

const javaScript = `
import { createServer } from 'node:http';
import { currentTraceContext } from '@tracewright/runtime';
import { tracing } from '@tracewright/runtime/register';

const server = createServer((request, response) => response.end(JSON.stringify(currentTraceContext())));
server.listen(0, '127.0.0.1', async () => {
  const response = await fetch('http://127.0.0.1:' + server.address().port);
  process.stdout.write(await response.text());
  server.close();
  server.closeAllConnections();
  await tracing.stop();
});
`;

const typeScript = `
import { ConfigurationError, createTracing, type Tracing, type TracingOptions, type TracingStackOutputs } from '@tracewright/runtime';

const options: TracingOptions = { serviceName: 'typed', batch: { maxQueueSize: 10 }, exporter: 'otlp' };
const tracing: Tracing = createTracing(options);
export const port = (outputs: TracingStackOutputs): number => outputs.agent.thriftBinaryPort;
export const problems = (error: ConfigurationError): number => error.problems.length;
await tracing[Symbol.asyncDispose]();
`;

const compilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  module: 'nodenext',
  target: 'es2022',
  lib: ['es2022'],
  types: [],
  noEmit: true,
};

let project: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'tracewright-packed-'));
  await run('npm', ['run', 'build', '--workspace', 'runtime'], { cwd: repository });
  await run('npm', ['pack', '--workspace', 'runtime', '--pack-destination', project], { cwd: repository });
  await mkdir(join(project, 'consumer'));
  project = join(project, 'consumer');
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '../tracewright-runtime-0.1.0.tgz'], {
    cwd: project,
  });
});
afterAll(async () => {
  await rm(join(project, '..'), { recursive: true, force: true });
});

describe('the packed runtime in an empty project', () => {
  it('traces a plain JavaScript application', async () => {
    const tap = await AgentTap.open();
    await writeFile(join(project, 'app.js'), javaScript);
    const env = {
      OTEL_SERVICE_NAME: 'packed',
      TRACEWRIGHT_AGENT_HOST: '127.0.0.1',
      TRACEWRIGHT_AGENT_PORT: String(tap.port),
    };
    const args = ['--import', '@tracewright/runtime/register', 'app.js'];
    const { stdout } = await run(process.execPath, args, { cwd: project, env });
    const spans = await tap.waitFor(2);
    expect(spans.map(({ name, service }) => ({ name, service }))).toEqual([
      { name: 'GET', service: 'packed' },
      { name: 'GET', service: 'packed' },
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ traceId: spans[0]?.traceId, sampled: true });
    await tap.close();
  });

  it('gives its types to a strict TypeScript project that checks its libraries too', async () => {
    await writeFile(join(project, 'app.ts'), typeScript);
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['app.ts'] }));
    const compiler = join(repository, 'node_modules/typescript/bin/tsc');
    await expect(run(process.execPath, [compiler, '-p', project])).resolves.toMatchObject({ stdout: '' });
  });
});
