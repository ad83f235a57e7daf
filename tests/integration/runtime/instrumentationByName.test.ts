import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instrumentationApp, runTapped } from './instrumentationApp.ts';

/** An instrumentation of somebody else's, which makes a span as soon as it is told where they go. */
const BIRDS = `
class BirdsInstrumentation {
  instrumentationName = '@opentelemetry/instrumentation-birds';
  init() {}
  enable() {}
  disable() {}
  getConfig() { return {}; }
  setTracerProvider(provider) {
    const attributes = { 'db.system': 'sqlite', 'db.statement': 'SELECT "canary"', birds: 2 };
    provider.getTracer(this.instrumentationName).startSpan('fly', { attributes }).end();
  }
}
exports.BirdsInstrumentation = BirdsInstrumentation;`;

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tracewright-birds-'));
  const installed = join(directory, 'app/node_modules/@opentelemetry/instrumentation-birds');
  await mkdir(installed, { recursive: true });
  await mkdir(join(directory, 'app/dist'));
  await mkdir(join(directory, 'elsewhere'));
  await writeFile(join(installed, 'index.js'), BIRDS);
  await writeFile(join(directory, 'app/dist/main.js'), '');
});
afterAll(async () => {
  await rm(directory, { recursive: true });
});

describe('an instrumentation by its name', () => {
  it.each([
    ['its short name', 'birds', 'elsewhere', ['../app/dist/main.js']],
    ['its package', '@opentelemetry/instrumentation-birds', 'app', ['--eval', '']],
  ])('is found where the application is, by %s', async (_what, name, cwd, script) => {
    const args = ['--import', instrumentationApp('register.ts'), ...script];
    const environment = { INSTRUMENTATIONS: `http,${name}` };
    const run = await runTapped(args, { cwd: join(directory, cwd), environment });
    expect({ code: run.code, output: run.output }).toEqual({ code: 0, output: '' });
    expect(run.spans).toMatchObject([{ name: 'fly', tags: { 'db.statement': 'SELECT ?', birds: 2 } }]);
  });

  it('that is not there ends the start, saying where it was looked for and how to get it', async () => {
    const args = ['--import', instrumentationApp('register.ts'), 'dist/main.js'];
    const run = await runTapped(args, { cwd: join(directory, 'app'), environment: { INSTRUMENTATIONS: 'fish' } });
    expect(run.code).toBe(1);
    expect(run.output).toContain('ConfigurationError: The tracing configuration has 1 problem:');
    expect(run.output).toContain(
      `@opentelemetry/instrumentation-fish is not installed where the application could load it (from ${directory}/app/dist, ${directory}/app, `,
    );
    expect(run.output).toContain('npm install @opentelemetry/instrumentation-fish');
  });

  it('is that of HTTP, which can be switched on again', async () => {
    const run = await runTapped([instrumentationApp('restarted.ts')]);
    expect({ code: run.code, output: run.output }).toEqual({ code: 0, output: '0 2 2 ' });
  });
});
