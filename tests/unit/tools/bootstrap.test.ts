import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const bootstrap = join(import.meta.dirname, '../../../tools/bootstrap.mjs');
const lockName = '.tracewright-install.lock';

// Stands in for npm: installs a program, and notes when it begins and ends.
const npm = `
  const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
  appendFileSync('npm.log', 'begins\\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  mkdirSync('node_modules/.bin', { recursive: true });
  for (const name of ['node', 'hello']) writeFileSync('node_modules/.bin/' + name, '#!/bin/sh\\necho hello\\n', { mode: 0o755 });
  appendFileSync('npm.log', 'ends\\n');
`;

/** A checkout without packages, whose npm is {@link npm}. */
async function createCheckout(): Promise<string> {
  const checkout = await mkdtemp(join(tmpdir(), 'bootstrap-test-'));
  onTestFinished(() => rm(checkout, { recursive: true, force: true }));
  await mkdir(join(checkout, 'tools'));
  await cp(bootstrap, join(checkout, 'tools', 'bootstrap.mjs'));
  await writeFile(join(checkout, 'package-lock.json'), '{}');
  await writeFile(join(checkout, 'npm.cjs'), npm);
  return checkout;
}

function start(checkout: string): ChildProcess {
  const child = spawn(process.execPath, [join(checkout, 'tools', 'bootstrap.mjs'), 'hello'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: '/usr/bin:/bin', npm_execpath: join(checkout, 'npm.cjs') },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function holdLock(checkout: string, pid: string): Promise<string> {
  const lock = join(checkout, lockName);
  await mkdir(lock);
  await writeFile(join(lock, 'pid'), pid);
  return lock;
}

const exitCode = async (child: ChildProcess): Promise<unknown> => (await once(child, 'close'))[0];
const deadPid = (): string => String(spawnSync('true').pid);

describe('the installation of packages', () => {
  it('happens once for commands that start together and all find the lock of a dead one', async () => {
    const checkout = await createCheckout();
    await holdLock(checkout, deadPid());
    const codes = await Promise.all(Array.from({ length: 6 }, () => exitCode(start(checkout))));
    expect(codes).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await readFile(join(checkout, 'npm.log'), 'utf8')).toBe('begins\nends\n');
    expect((await readdir(checkout)).filter((entry) => entry.startsWith(lockName))).toEqual([]);
  });

  it('takes over a lock that was cut before it said whose it is, once that is 10 s ago', async () => {
    const checkout = await createCheckout();
    const lock = await holdLock(checkout, '');
    const before = new Date(Date.now() - 11_000);
    await utimes(lock, before, before);
    expect(await exitCode(start(checkout))).toBe(0);
  });

  it('waits for a live holder, says which process that is, and goes on when it is done', async () => {
    const checkout = await createCheckout();
    const lock = await holdLock(checkout, String(process.pid));
    const child = start(checkout);
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    while (!said.includes('\n')) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(said).toContain(`waiting for process ${process.pid}; if there is none, remove ${lock}`);
    await rm(lock, { recursive: true });
    expect(await exitCode(child)).toBe(0);
  });
});
