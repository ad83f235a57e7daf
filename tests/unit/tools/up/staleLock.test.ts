import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { identifyProcess } from '../../../../tools/process/processIdentity.ts';
import { releaseStaleLock, UpdateStillRunsError } from '../../../../tools/up/staleLock.ts';

function backendWithLock(content: string | undefined): string {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'tracewright-stale-'));
  const locks = join(stateDirectory, 'pulumi', 'state', '.pulumi', 'locks', 'organization', 'tracewright', 'dev');
  mkdirSync(locks, { recursive: true });
  if (content !== undefined) writeFileSync(join(locks, 'a.json'), content);
  return stateDirectory;
}

test('a stack that nobody locked is left alone', async () => {
  const cancel = vi.fn(() => Promise.resolve());
  await releaseStaleLock({ stack: 'dev', stateDirectory: backendWithLock(undefined), cancel, report: () => undefined });
  expect(cancel).not.toHaveBeenCalled();
});

test.each(['{"pid":999999999}', '{"pi', JSON.stringify({ pid: process.pid })])(
  'the lock %s of an engine that has ended is freed',
  async (content) => {
    const cancel = vi.fn(() => Promise.resolve());
    await releaseStaleLock({ stack: 'dev', stateDirectory: backendWithLock(content), cancel, report: () => undefined });
    expect(cancel).toHaveBeenCalledOnce();
  },
);

test('an engine that a killed command left running is waited for, not overtaken', async () => {
  const engine = spawn('sleep', ['0.6'], { argv0: 'pulumi' });
  const cancel = vi.fn(() => Promise.resolve(expect(identifyProcess(engine.pid ?? 0)).toBeUndefined()));
  await releaseStaleLock({
    stack: 'dev',
    stateDirectory: backendWithLock(JSON.stringify({ pid: engine.pid })),
    cancel,
    report: () => undefined,
  });
  expect(cancel).toHaveBeenCalledOnce();
});

test('one that does not end is an error that names it, and the stack stays locked', async () => {
  const cancel = vi.fn(() => Promise.resolve());
  const engine = spawn('sleep', ['5'], { argv0: 'pulumi' });
  const stateDirectory = backendWithLock(JSON.stringify({ pid: engine.pid }));
  const releasing = releaseStaleLock({
    stack: 'dev',
    stateDirectory,
    cancel,
    report: () => undefined,
    timeoutSeconds: 0.3,
  });
  await expect(releasing).rejects.toThrow(UpdateStillRunsError);
  await expect(releasing).rejects.toThrow(`process ${engine.pid ?? 0}`);
  expect(cancel).not.toHaveBeenCalled();
  engine.kill();
});

test('the update of another stack in the same backend is nothing to wait for', async () => {
  const cancel = vi.fn(() => Promise.resolve());
  const engine = spawn('sleep', ['5'], { argv0: 'pulumi' });
  const stateDirectory = backendWithLock(JSON.stringify({ pid: engine.pid }));
  await releaseStaleLock({ stack: 'staging', stateDirectory, cancel, report: () => undefined });
  expect(cancel).not.toHaveBeenCalled();
  engine.kill();
});
