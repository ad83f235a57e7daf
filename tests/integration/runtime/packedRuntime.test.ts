import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentTap } from '../support/agentTap.ts';
import { installNodeVersions, OTHER_NODE_VERSIONS } from '../support/nodeVersions.ts';
import { repository } from '../support/repository.ts';

const run = promisify(execFile);

/** The application, but for how it gets its modules: it answers a request, calls a traced function, and ends. */
const body = `
const price = traced('price', (amount, vat) => amount * (1 + vat));
const server = createServer((request, response) => {
  price(100, 0.25);
  response.end(JSON.stringify(currentTraceContext()));
});
server.listen(0, '127.0.0.1', () => {
  void fetch('http://127.0.0.1:' + server.address().port)
    .then((response) => response.text())
    .then(async (text) => {
      process.stdout.write(text);
      server.close();
      server.closeAllConnections();
      await tracing.stop();
    });
});
`;
const typedBody = body
  .replace('(amount, vat)', '(amount: number, vat: number): number')
  .replace('server.address().port', '(server.address() as AddressInfo).port');

const moduleImports = `
import { createServer } from 'node:http';
import { currentTraceContext, traced } from '@tracewright/runtime';
import { tracing } from '@tracewright/runtime/register';
`;
const commonJsImports = `
const { createServer } = require('node:http');
const { currentTraceContext, traced } = require('@tracewright/runtime');
const { tracing } = require('@tracewright/runtime/register');
`;
const typeImports = `import type { AddressInfo } from 'node:net';`;

/** Uses of the public types that have to compile; not run. */
const typeUses = `
import { createDashboard, type Dashboard, type DashboardOptions } from '@tracewright/runtime/dashboard';
import { ConfigurationError, createTracing, type Observability, type SpanCounts, type Tracing, type TracingOptions, type TracingStackOutputs } from '@tracewright/runtime';

const options: TracingOptions = { serviceName: 'typed', batch: { maxQueueSize: 10 }, exporter: 'otlp-http', sampler: { kind: 'traceidratio', ratio: 0.5 } };
export const start = (): Tracing => createTracing(options);
export const port = (outputs: TracingStackOutputs): number => outputs.agent.thriftBinaryPort;
export const problems = (error: ConfigurationError): number => error.problems.length;
export const dropped = (counts: SpanCounts): number => counts.dropped.queue_full;
export const page = (observability: Observability, page: DashboardOptions): Dashboard => createDashboard(observability, page);
export const end = (tracing: Tracing): Promise<void> => tracing[Symbol.asyncDispose]();
`;

/** Serves the page, and loads it as a browser begins to. */
const pageBody = `
import { createObservability, Secret } from '@tracewright/runtime';
import { createDashboard } from '@tracewright/runtime/dashboard';

const observability = createObservability({ tracing: false });
const operateToken = new Secret('the token of a test');
const jaegerQuery = { url: 'http://127.0.0.1:9' };
const dashboard = createDashboard(observability, { port: 0, auth: { operateToken }, announce: () => undefined, jaegerQuery });
const { url } = await dashboard.listen();
const html = await (await fetch(url)).text();
const script = await fetch(new URL(/src="([^"]+)"/.exec(html)[1], url));
const headers = { authorization: 'Bearer ' + operateToken.reveal() };
const traces = await (await fetch(new URL('api/v1/traces?service=shop', url), { headers })).json();
process.stdout.write(script.status + ' ' + script.headers.get('content-type') + ' ' + traces.result.problem.kind);
await dashboard.stop();
await observability.stop();
`;

const strict = {
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  target: 'es2022',
  lib: ['es2022', 'dom'],
  types: ['node'],
  module: 'nodenext',
  outDir: 'dist',
};

let directory: string;
let nodes: ReadonlyMap<string, string>;

/** A project with the packed runtime in it. */
async function createProject(name: string, type: 'module' | 'commonjs'): Promise<string> {
  const project = join(directory, name);
  await mkdir(project);
  await writeFile(join(project, 'package.json'), JSON.stringify({ name, private: true, type }));
  return project;
}

async function compile(project: string): Promise<void> {
  await writeFile(join(project, 'app.ts'), typeImports + moduleImports + typedBody);
  await writeFile(join(project, 'types.ts'), typeUses);
  const files = ['app.ts', 'types.ts'];
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: strict, files }));
  const compiler = join(repository, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [compiler, '-p', project]).catch((error: unknown) => {
    throw new Error(`it does not compile: ${String(Reflect.get(Object(error), 'stdout'))}`);
  });
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tracewright-packed-'));
  await run('npm', ['run', 'build', '--workspace', 'runtime'], { cwd: repository });
  await run('npm', ['pack', '--workspace', 'runtime', '--pack-destination', directory], { cwd: repository });
  nodes = await installNodeVersions(join(directory, 'node'));
  // The projects lie below it: Node.js finds what is installed there from each of them.
  await writeFile(join(directory, 'package.json'), JSON.stringify({ name: 'consumers', private: true }));
  const packages = ['./tracewright-runtime-0.1.0.tgz', '@types/node@22'];
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...packages], { cwd: directory });
  const [plainModule, plainCommonJs, typedModule, typedCommonJs] = await Promise.all([
    createProject('plain-module', 'module'),
    createProject('plain-commonjs', 'commonjs'),
    createProject('typed-module', 'module'),
    createProject('typed-commonjs', 'commonjs'),
  ]);
  await mkdir(join(plainModule, 'dist'));
  await mkdir(join(plainCommonJs, 'dist'));
  await writeFile(join(plainModule, 'dist/app.js'), moduleImports + body);
  await writeFile(join(plainModule, 'dist/page.js'), pageBody);
  await writeFile(join(plainCommonJs, 'dist/app.js'), commonJsImports + body);
  await compile(typedModule);
  await compile(typedCommonJs);
}, 400_000);
afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe.each([process.versions.node, ...OTHER_NODE_VERSIONS])('the packed runtime under Node.js %s', (version) => {
  it.each([
    ['a plain JavaScript module', 'plain-module', '--import'],
    ['a plain CommonJS script', 'plain-commonjs', '--require'],
    ['a TypeScript project of modules', 'typed-module', '--import'],
    ['a TypeScript project that compiles to CommonJS', 'typed-commonjs', '--require'],
  ])('traces %s', async (_name, project, preload) => {
    const tap = await AgentTap.open();
    const env = {
      OTEL_SERVICE_NAME: project,
      TRACEWRIGHT_AGENT_HOST: '127.0.0.1',
      TRACEWRIGHT_AGENT_PORT: String(tap.port),
    };
    const args = [preload, '@tracewright/runtime/register', 'dist/app.js'];
    const cwd = join(directory, project);
    const { stdout, stderr } = await run(nodes.get(version) ?? '', args, { cwd, env });
    const spans = await tap.waitFor(3);
    expect(spans.map(({ name, service }) => ({ name, service }))).toEqual([
      { name: 'price', service: project },
      { name: 'GET', service: project },
      { name: 'GET', service: project },
    ]);
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ traceId: spans[0]?.traceId, sampled: true });
    expect(stderr).toBe('');
    await tap.close();
  });

  it('serves the page, which was built when it was packed, and reads traces in a thread', async () => {
    const cwd = join(directory, 'plain-module');
    const { stdout, stderr } = await run(nodes.get(version) ?? '', ['dist/page.js'], { cwd });
    expect({ stdout, stderr }).toEqual({ stdout: '200 text/javascript; charset=utf-8 unreachable', stderr: '' });
  });
});
