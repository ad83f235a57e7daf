import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { MachineBusyError } from '../../../../tools/cluster/errors/machineBusyError.ts';
import { withMachineLock } from '../../../../tools/cluster/machineLock.ts';

const root = mkdtempSync(join(tmpdir(), 'tracewright-machine-'));
const path = join(root, 'tracewright', 'clusters.lock');
const events: string[] = [];
const options = (deadline: number) => ({ path, deadline, onEvent: (detail: string) => void events.push(detail) });
afterAll(() => {
  rmSync(root, { recursive: true });
});

it('lies where only its owner can take it', async () => {
  expect(await withMachineLock(options(Date.now()), () => Promise.resolve(statSync(dirname(path)).mode & 0o777))).toBe(
    0o700,
  );
});

it('says that it waits and for whom, and ends at the deadline', async () => {
  await withMachineLock(options(Date.now()), async () => {
    const second = withMachineLock(options(Date.now() + 100), () => Promise.reject(new Error('two at once')));
    await expect(second).rejects.toThrow(MachineBusyError);
    await expect(second).rejects.toThrow(`The lock ${path}`);
  });
  expect(events).toEqual([
    `waiting for another cluster of this machine to choose its network link (process ${process.pid})`,
  ]);
});

it('is free again when the work failed', async () => {
  await expect(withMachineLock(options(Date.now()), () => Promise.reject(new Error('broken')))).rejects.toThrow(
    'broken',
  );
  expect(await withMachineLock(options(Date.now()), () => Promise.resolve('done'))).toBe('done');
});
