import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crashRecordsBeside } from '../../../runtime/src/tracing/lifecycle/adapters/crashRecordsBeside.ts';
import { AgentTap } from '../support/agentTap.ts';
import { repository, tracedFromSource } from '../support/repository.ts';
import { TestProcess } from '../support/testProcess.ts';

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tracewright-crashes-'));
  path = join(directory, 'crash.json');
});
afterEach(() => rm(directory, { recursive: true }));

describe('files of crash records', () => {
  const noError = (error: Error): never => {
    throw error;
  };

  it('are one for each thread, and are taken once', async () => {
    crashRecordsBeside(path, 0).write('main');
    crashRecordsBeside(path, 2).write('overwritten');
    crashRecordsBeside(path, 2).write('worker');
    expect((await readdir(directory)).toSorted()).toEqual([`crash.json.${process.pid}`, `crash.json.${process.pid}-2`]);
    expect(crashRecordsBeside(path, 0).takeAll(noError)).toEqual(['main', 'worker']);
    expect(crashRecordsBeside(path, 0).takeAll(noError)).toEqual([]);
    expect(await readdir(directory)).toEqual([]);
  });

  it('are found behind any number of files that are none of ours', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, pid) => writeFile(`${path}.${100 + pid}`, Buffer.alloc(1024 * 1024 + 1))),
    );
    await writeFile(`${path}.999`, 'ours');
    expect(crashRecordsBeside(path, 0).takeAll(noError)).toEqual(['ours']);
  });

  it('are taken twenty at a time', async () => {
    await Promise.all(Array.from({ length: 25 }, (_, pid) => writeFile(`${path}.${100 + pid}`, 'one')));
    expect(crashRecordsBeside(path, 0).takeAll(noError)).toHaveLength(20);
    expect(crashRecordsBeside(path, 0).takeAll(noError)).toHaveLength(5);
  });

  it('are told of where they cannot be listed', async () => {
    await writeFile(path, 'no directory');
    const errors: Error[] = [];
    expect(crashRecordsBeside(join(path, 'crash.json'), 0).takeAll((error) => errors.push(error))).toEqual([]);
    expect(errors).toMatchObject([{ code: 'ENOTDIR' }]);
  });
});

describe('a worker thread', () => {
  let tap: AgentTap;
  beforeEach(async () => {
    tap = await AgentTap.open();
  });
  afterEach(() => tap.close());

  async function run(how: string): Promise<string> {
    const running = new TestProcess({
      command: process.execPath,
      args: tracedFromSource('tests/integration/runtime/apps/crashing.ts'),
      cwd: repository,
      environment: {
        HOW: how,
        OTEL_SERVICE_NAME: 'crashing',
        TRACEWRIGHT_AGENT_HOST: '127.0.0.1',
        TRACEWRIGHT_AGENT_PORT: String(tap.port),
        TRACEWRIGHT_CRASH_RECORD_FILE: path,
      },
    });
    expect(await running.end()).toMatchObject({ code: 0 });
    return running.output;
  }

  it.each(['crashes', 'ends badly'])('that %s is reported as one, while the process lives on', async (how) => {
    const warning =
      /PreviousCrashWarning: crashing \(worker thread (\d+) of process \d+\) crashed at .*: TypeError: in the first worker/;
    const thread = warning.exec(await run(how))?.[1];
    const [crash] = await tap.waitFor(1, ({ name }) => name === 'process crash');
    expect(crash?.tags).toMatchObject({ 'crash.origin': 'uncaughtException', 'thread.id': Number(thread) });
    expect(await readdir(directory)).toEqual([]);
  });

  it('that survives what it threw is reported by nobody, neither meanwhile nor at its end', async () => {
    expect(await run('survives')).toBe('lived on\n');
    expect(await readdir(directory)).toEqual([]);
  });
});
