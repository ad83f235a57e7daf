import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AgentTap } from '../support/agentTap.ts';
import { repository, tracedFromSource } from '../support/repository.ts';
import { type ProcessEnd, TestProcess } from '../support/testProcess.ts';

let tap: AgentTap;
let directory: string;
let record: string;

beforeEach(async () => {
  tap = await AgentTap.open();
  directory = await mkdtemp(join(tmpdir(), 'tracewright-ending-'));
  record = join(directory, 'crash.json');
});
afterEach(async () => {
  await tap.close();
  await rm(directory, { recursive: true });
});

async function run(
  how: string,
  app = 'ending',
  environment: Readonly<Record<string, string>> = {},
): Promise<ProcessEnd & { readonly output: string }> {
  const running = new TestProcess({
    command: process.execPath,
    args: tracedFromSource(`tests/integration/runtime/apps/${app}.ts`),
    cwd: repository,
    environment: {
      HOW: how,
      OTEL_SERVICE_NAME: 'ending',
      TRACEWRIGHT_AGENT_HOST: '127.0.0.1',
      TRACEWRIGHT_AGENT_PORT: String(tap.port),
      TRACEWRIGHT_CRASH_RECORD_FILE: record,
      ...environment,
    },
  });
  return { ...(await running.end()), output: running.output };
}

async function namesOf(count: number): Promise<readonly string[]> {
  return (await tap.waitFor(count)).map(({ name }) => name).toSorted();
}

describe('a process that ends by itself', () => {
  it('sends what waits when it calls process.exit()', async () => {
    expect(await run('exit')).toMatchObject({ code: 3 });
    expect(await namesOf(2)).toEqual(['early', 'last']);
  });

  it('sends what waits when its own listener answers SIGTERM with process.exit()', async () => {
    expect(await run('listener')).toMatchObject({ code: 0, output: '' });
    expect(await namesOf(11)).toEqual(['early', ...Array.from({ length: 10 }, () => 'last')]);
  });

  it('sends what waits when nothing is left to do', async () => {
    expect(await run('nothing')).toMatchObject({ code: 0, output: '' });
    expect(await namesOf(2)).toEqual(['early', 'last']);
  });
});

describe('a crash', () => {
  it.each([
    ['an exception', 'exception', 'TypeError: nobody catches this', 'uncaughtException'],
    ['a rejection', 'rejection', 'RangeError: nobody waits for this', 'unhandledRejection'],
  ])(
    'by %s ends as it would, and is reported by the next process of the service',
    async (_name, how, error, origin) => {
      const crashed = await run(how);
      expect(crashed.code).toBe(1);
      expect(crashed.output).toContain(error);
      expect(await namesOf(2)).toEqual(['early', 'last']);
      const [file = ''] = await readdir(directory);
      expect(file).toMatch(/^crash\.json\.\d+$/);
      expect((await stat(join(directory, file))).mode & 0o777).toBe(0o600);
      const next = await run('nothing');
      expect(next.code).toBe(0);
      expect(next.output).toMatch(new RegExp(`PreviousCrashWarning: ending \\(process \\d+\\) crashed at .* ${error}`));
      const crash = (await tap.waitFor(1, ({ name }) => name === 'process crash'))[0];
      expect(crash?.tags).toMatchObject({ 'crash.origin': origin, error: true });
      expect(next.output).toContain(`in trace ${String(crash?.traceId)}`);
      expect(crash?.parentSpanId).toBeDefined();
      expect(await readdir(directory)).toEqual([]);
    },
  );

  it('that the application catches leaves nothing behind when it ends well', async () => {
    expect(await run('caught')).toMatchObject({ code: 0, output: 'caught\n' });
    expect(await readdir(directory)).toEqual([]);
  });

  it('is recorded nowhere where that is not wanted, or cannot be', async () => {
    expect((await run('exception', 'ending', { TRACEWRIGHT_CRASH_RECORD_FILE: 'none' })).code).toBe(1);
    expect((await run('exception', 'ending', { TRACEWRIGHT_CRASH_RECORD_FILE: '/proc/no/crash.json' })).code).toBe(1);
    expect(await readdir(directory)).toEqual([]);
  });

  it('follows no link, and reads nothing that is no record', async () => {
    const target = join(directory, 'target');
    await writeFile(target, 'kept');
    await symlink(target, `${record}.1`);
    await mkdir(`${record}.2`);
    await writeFile(`${record}.3`, '{"version":1}');
    expect(await run('nothing')).toMatchObject({ code: 0, output: '' });
    expect((await readdir(directory)).toSorted()).toEqual(['crash.json.1', 'crash.json.2', 'target']);
  });
});

it.each(['disconnect', 'signal'])('every process of a cluster sends its spans, ended by %s', async (how) => {
  expect(await run(how, 'clustered')).toMatchObject({ code: 0, output: '' });
  expect(await namesOf(4)).toEqual(['first process', 'forked', 'worker', 'worker']);
  expect(new Set(tap.spans.map(({ traceId }) => traceId)).size).toBe(4);
});
