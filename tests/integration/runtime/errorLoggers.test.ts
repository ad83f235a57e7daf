import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { bundle } from '../support/bundle.ts';
import { repository } from '../support/repository.ts';

const app = 'tests/integration/runtime/apps/errors/logging.ts';

interface Ran {
  readonly captured: readonly unknown[];
  /** What the loggers have written. */
  readonly lines: readonly string[];
}

/** Rejects where the process ends with another code than 0. */
async function run(file: string, environment: Readonly<Record<string, string>>): Promise<Ran> {
  const args = ['--conditions=tracewright-source', '--no-warnings', file];
  const env = { ...process.env, TRACEWRIGHT_EXPORTER: 'none', OTEL_SERVICE_NAME: 'logs', ...environment };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: repository, env });
  expect(stderr).toBe('');
  const [, captured = '[]'] = /^captured (.*)$/m.exec(stdout) ?? [];
  const lines = stdout
    .trimEnd()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  return { captured: JSON.parse(captured) as readonly unknown[], lines };
}

function toldBy(logger: string, said: string, { level = 'error', message, before }: Told) {
  const context = { logger, level, ...(message !== undefined && { message }) };
  const group = { type: 'RangeError', count: 1, said: `${logger} ${said}`, source: 'log', isHandled: true, context };
  return { ...group, breadcrumbs: before };
}

interface Told {
  readonly level?: string;
  readonly message?: string;
  readonly before: readonly string[];
}

const pinoFirst = ['log info: pino starts'];
const pinoNext = [...pinoFirst, 'log error: pino alone'];
const winstonFirst = [...pinoNext, 'log fatal: fatal text', 'log warn: pino warns', 'log info: winston starts'];
const toldByPino = [
  toldBy('pino', 'alone', { before: pinoFirst }),
  toldBy('pino', 'with text', { level: 'fatal', message: 'fatal text', before: pinoNext }),
];
const toldByWinston = [
  toldBy('winston', 'alone', { before: winstonFirst }),
  toldBy('winston', 'with text', {
    message: 'text of winston with text',
    before: [...winstonFirst, 'log error: winston alone'],
  }),
];

it.concurrent.each([
  ['imported', 'before', 'no'],
  ['imported', 'after', 'yes'],
  ['required', 'after', 'no'],
])(
  'errors that pino and winston log, %s %s errors are tracked (traced: %s), are captured until the end',
  async (how, when, traced) => {
    const { captured, lines } = await run(app, {
      LOADED: how === 'required' ? 'require' : 'import',
      WHEN: when,
      TRACED: traced,
    });
    expect(captured).toEqual([...toldByPino, ...toldByWinston]);
    expect(lines).toHaveLength(10);
  },
);

it.concurrent('errors that a bundled pino logs are captured, those of a bundled winston are not', async () => {
  // Inside the repository, where what is not bundled is found.
  const directory = await mkdtemp(join(repository, 'node_modules', '.bundle-'));
  try {
    const outfile = join(directory, 'logging.mjs');
    await bundle(join(repository, app), outfile);
    const { captured, lines } = await run(outfile, {});
    expect(captured).toEqual(toldByPino);
    expect(lines).toHaveLength(10);
  } finally {
    await rm(directory, { recursive: true });
  }
});
