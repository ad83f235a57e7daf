import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { acquireFileLock, withFileLock } from '../../../../tools/process/fileLock.ts';

const directory = mkdtempSync(join(tmpdir(), 'tracewright-lock-'));
const module = join(import.meta.dirname, '../../../../tools/process/fileLock.ts');
afterAll(() => {
  rmSync(directory, { recursive: true });
});

it('is free at once for the first, and waited for by the second until it is given up', async () => {
  const path = join(directory, 'a.lock');
  const first = await acquireFileLock({ path, onWait: () => expect.fail('nobody holds it') });
  const onWait = vi.fn();
  let isHeld = false;
  const second = acquireFileLock({ path, onWait }).then((lock) => {
    isHeld = true;
    return lock;
  });
  await vi.waitFor(() => expect(onWait).toHaveBeenCalledOnce());
  expect(isHeld).toBe(false);
  await first.release();
  await (await second).release();
});

it('is given up when the work fails', async () => {
  const options = { path: join(directory, 'b.lock'), onWait: () => expect.fail('nobody holds it') };
  await expect(withFileLock(options, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await withFileLock(options, () => Promise.resolve('done'))).toBe('done');
});

it('of a killed process is free', async () => {
  const path = join(directory, 'c.lock');
  const program = `
    import { acquireFileLock } from ${JSON.stringify(module)};
    await acquireFileLock({ path: ${JSON.stringify(path)}, onWait: () => undefined });
    console.log('held');
    setInterval(() => undefined, 1000);
  `;
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  holder.kill('SIGKILL');
  const lock = await acquireFileLock({ path, onWait: () => undefined });
  await lock.release();
});

it('is not waited for any longer when the signal fires', async () => {
  const path = join(directory, 'd.lock');
  const holder = await acquireFileLock({ path, onWait: () => undefined });
  const abort = new AbortController();
  const waiting = acquireFileLock({ path, signal: abort.signal, onWait: () => abort.abort(new Error('interrupted')) });
  await expect(waiting).rejects.toThrow('interrupted');
  await holder.release();
});
