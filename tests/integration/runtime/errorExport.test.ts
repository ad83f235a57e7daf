// @spec S5.5
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { repository } from '../support/repository.ts';

const run = promisify(execFile);
let directory: string;
let file: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tracewright-export-'));
  file = join(directory, 'errors.ndjson');
});
afterAll(() => rm(directory, { recursive: true }));

interface Said {
  readonly name?: string;
  readonly message?: string;
  readonly exported: number;
  /** What an export that goes on with the cursor has. */
  readonly rest: string;
  /** What an export of all has. */
  readonly whole: string;
}

/** Exports 100 groups to a file, which can get so many bytes at most. */
async function exportTo(path: string, maxBytes: number): Promise<Said> {
  const app = 'tests/integration/runtime/apps/exportToFile.ts';
  const node = [process.execPath, '--conditions=tracewright-source', app, path];
  const { stdout } = await run('prlimit', [`--fsize=${maxBytes}`, ...node], { cwd: repository, maxBuffer: 10_000_000 });
  return JSON.parse(stdout) as Said;
}

it('errors are exported to a file', async () => {
  const { name, exported, rest, whole } = await exportTo(file, 1_000_000);
  expect([name, exported, rest]).toEqual([undefined, 100, '']);
  expect(await readFile(file, 'utf8')).toBe(whole);
});

it('an export of errors to a full disk says so, and that nothing was taken', async () => {
  const { name, message, exported, rest, whole } = await exportTo('/dev/full', 1_000_000);
  expect([name, exported]).toEqual(['ExportInterruptedError', 0]);
  expect(message).toBe(
    'the export was interrupted after 0 groups: ENOSPC: no space left on device, write; go on with its cursor',
  );
  expect(rest).toBe(whole);
});

it('an export of errors that finds no more room says how many are there, and another one has the others', async () => {
  const maxBytes = 100_000;
  const { name, message, exported, rest, whole } = await exportTo(file, maxBytes);
  expect(name).toBe('ExportInterruptedError');
  expect(message).toMatch(/^the export was interrupted after \d+ groups: EFBIG: file too large, write;/);
  // Whole pages of 10.
  expect([10, 20, 30, 40, 50, 60, 70, 80, 90]).toContain(exported);
  const written = await readFile(file, 'utf8');
  expect(written).toBe(whole.slice(0, maxBytes));
  const taken = written.split('\n').slice(0, exported);
  expect(`${taken.join('\n')}\n${rest}`).toBe(whole);
});
