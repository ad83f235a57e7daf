import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { acquireFileLock, withFileLock, type LockHolder } from '../../../../tools/process/fileLock.ts';
import { LockFailedError } from '../../../../tools/process/lockHandle.ts';

const directory = mkdtempSync(join(tmpdir(), 'tracewright-lock-'));
const module = join(import.meta.dirname, '../../../../tools/process/fileLock.ts');
const noPrograms = mkdtempSync(join(tmpdir(), 'tracewright-path-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
  rmSync(noPrograms, { recursive: true });
});
let path: string;
beforeEach(({ task }) => {
  path = join(directory, `${task.id}.lock`);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const machines = [
  { machine: 'with flock', prepare: () => undefined },
  { machine: 'without flock', prepare: () => vi.stubEnv('PATH', noPrograms) },
];

describe.each(machines)('a lock on a machine $machine', ({ prepare }) => {
  beforeEach(() => void prepare());

  it('is free at once for the first, and waited for by the second until it is given up', async () => {
    const first = await acquireFileLock({ path, onWait: () => expect.fail('nobody holds it') });
    const onWait = vi.fn();
    let isHeld = false;
    const second = acquireFileLock({ path, onWait }).then((lock) => {
      isHeld = true;
      return lock;
    });
    await vi.waitFor(() => expect(onWait).toHaveBeenCalledOnce(), 10_000);
    expect(isHeld).toBe(false);
    await first.release();
    await (await second).release();
  });

  it('is given up when the work fails', async () => {
    const options = { path, onWait: () => expect.fail('nobody holds it') };
    await expect(withFileLock(options, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await withFileLock(options, () => Promise.resolve('done'))).toBe('done');
  });

  it('of a killed process is free', async () => {
    const program = `
    import { acquireFileLock } from ${JSON.stringify(module)};
    await acquireFileLock({ path: ${JSON.stringify(path)}, onWait: () => undefined });
    console.log('held');
    setInterval(() => undefined, 1000);
  `;
    const killed = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(killed.stdout, 'data');
    killed.kill('SIGKILL');
    const lock = await acquireFileLock({ path, onWait: () => undefined });
    await lock.release();
  });

  it('is not waited for any longer when the signal fires', async () => {
    const holder = await acquireFileLock({ path, onWait: () => undefined });
    const abort = new AbortController();
    const waiting = acquireFileLock({
      path,
      signal: abort.signal,
      onWait: () => abort.abort(new Error('interrupted')),
    });
    await expect(waiting).rejects.toThrow('interrupted');
    await holder.release();
  });

  it('tells whoever waits who holds it', async () => {
    await using _held = await acquireFileLock({ path, onWait: () => undefined });
    const refuse = (holder: LockHolder | undefined): never => {
      throw new Error(`held by ${holder?.pid ?? 'nobody'}`);
    };
    await expect(acquireFileLock({ path, onWait: refuse })).rejects.toThrow(`held by ${process.pid}`);
  });

  it('leaves nothing beside its file', async () => {
    const lock = await acquireFileLock({ path, onWait: () => undefined });
    await lock.release();
    await lock.release();
    expect(readdirSync(directory).filter((name) => name.startsWith(`${basename(path)}.`))).toEqual([]);
  });

  it('that cannot be tried is an error that names it, not a holder to wait for', async () => {
    const tooLong = join(directory, 'x'.repeat(300));
    const trying = acquireFileLock({ path: tooLong, onWait: () => expect.fail('nobody holds it') });
    await expect(trying).rejects.toThrow(LockFailedError);
    await expect(trying).rejects.toThrow(`the lock ${tooLong} cannot be taken: `);
  });
});

it('is not kept when its holder cannot be written down', async () => {
  const lockDirectory = mkdtempSync(join(directory, 'locked-'));
  await expect(acquireFileLock({ path: lockDirectory, onWait: () => expect.fail('nobody holds it') })).rejects.toThrow(
    'EISDIR',
  );
  // Kept, the lock would be waited for: onWait fails the test.
  await expect(acquireFileLock({ path: lockDirectory, onWait: () => expect.fail('it is kept') })).rejects.toThrow(
    'EISDIR',
  );
});
