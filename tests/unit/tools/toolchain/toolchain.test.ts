import { readFile, readdir, stat, writeFile, mkdir, chmod } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { PartDefinition } from '../../../../tools/toolchain/part.ts';
import { PartBuildError } from '../../../../tools/toolchain/partBuildError.ts';
import { startToolchain } from '../../../../tools/toolchain/toolchain.ts';
import type { ToolchainEvent } from '../../../../tools/toolchain/toolchainEvent.ts';
import { fakeMachine, fakePart, temporaryDirectory, waitFor } from './fakes.ts';

interface StartOptions {
  readonly cacheDirectory: string;
  readonly definitions: readonly PartDefinition[];
  readonly signal?: AbortSignal;
  readonly path?: string;
}

function start(options: StartOptions) {
  const events: ToolchainEvent[] = [];
  const run = startToolchain({
    ...options,
    parts: options.definitions.map((definition) => definition.name),
    environment: { PATH: options.path ?? '/usr/bin:/bin' },
    machine: fakeMachine(),
    onEvent: (event) => events.push(event),
  });
  return { run, events };
}

const partDirectories = async (cacheDirectory: string) =>
  (await readdir(cacheDirectory)).filter((entry) => entry !== 'logs' && entry !== 'locks');

const failing = (script: string): Partial<PartDefinition> => ({
  build: (context) => context.run('sh', ['-c', script]),
});

describe('startToolchain', () => {
  it('builds what is missing, in order, and finds it in the cache the next time', async () => {
    const cacheDirectory = await temporaryDirectory();
    const definitions = [fakePart('kubernetes'), fakePart('jaeger')];
    const built = await start({ cacheDirectory, definitions }).run.all;
    expect(built.map((part) => [part.name, part.origin])).toEqual([
      ['kubernetes', 'built'],
      ['jaeger', 'built'],
    ]);
    expect(await readFile(join(built[1]?.directory ?? '', 'binary'), 'utf8')).toBe('jaeger');
    const again = await start({ cacheDirectory, definitions }).run.all;
    expect(again.map((part) => part.origin)).toEqual(['cache', 'cache']);
  });

  it('runs nothing and asks nothing of the machine when all is in the cache', async () => {
    const cacheDirectory = await temporaryDirectory();
    await start({ cacheDirectory, definitions: [fakePart('jaeger')] }).run.all;
    const broken = fakePart('jaeger', { build: () => Promise.reject(new Error('built again')) });
    const run = startToolchain({
      parts: ['jaeger'],
      cacheDirectory,
      environment: { PATH: '/nowhere' },
      machine: fakeMachine({ platform: 'plan9', freeMebibytes: () => Promise.resolve(0) }),
      definitions: [broken],
    });
    expect((await run.ready('jaeger')).origin).toBe('cache');
  });

  it('builds a part again when what it is pinned by has changed', async () => {
    const cacheDirectory = await temporaryDirectory();
    await start({ cacheDirectory, definitions: [fakePart('jaeger')] }).run.all;
    const changed = fakePart('jaeger', { fingerprint: () => Promise.resolve(['another go.sum']) });
    const [part] = await start({ cacheDirectory, definitions: [changed] }).run.all;
    expect(part?.origin).toBe('built');
  });

  it('gives a part away as soon as it is there, while later ones are still built', async () => {
    const cacheDirectory = await temporaryDirectory();
    const gate = { open: (): void => undefined };
    const opened = new Promise<void>((resolve) => (gate.open = resolve));
    const slow = fakePart('pulumi-resource-kubernetes', { build: () => opened });
    const { run } = start({ cacheDirectory, definitions: [fakePart('kubernetes'), slow] });
    expect((await run.ready('kubernetes')).origin).toBe('built');
    gate.open();
    expect((await run.all).length).toBe(2);
  });

  it('compiles one part at a time while a download goes on beside it', async () => {
    const log: string[] = [];
    const traced = (name: 'kubernetes' | 'jaeger' | 'node-rootfs', lane: 'compile' | 'download') =>
      fakePart(name, {
        lane,
        build: async () => {
          log.push(`${name} begins`);
          await new Promise((resolve) => setTimeout(resolve, 50));
          log.push(`${name} ends`);
        },
      });
    const definitions = [
      traced('kubernetes', 'compile'),
      traced('node-rootfs', 'download'),
      traced('jaeger', 'compile'),
    ];
    await start({ cacheDirectory: await temporaryDirectory(), definitions }).run.all;
    expect(log.indexOf('kubernetes ends')).toBeLessThan(log.indexOf('jaeger begins'));
    expect(log.indexOf('node-rootfs begins')).toBeLessThan(log.indexOf('kubernetes ends'));
  });

  it('names the failing part, its exit code, its log and the last 20 lines, and keeps nothing of it', async () => {
    const cacheDirectory = await temporaryDirectory();
    const definitions = [fakePart('jaeger', failing('seq 1 30; echo broken >&2; exit 7')), fakePart('pulumi')];
    const { run, events } = start({ cacheDirectory, definitions });
    const error: unknown = await run.all.catch((reason: unknown) => reason);
    if (!(error instanceof PartBuildError)) throw new Error('expected a PartBuildError', { cause: error });
    expect([error.part, error.exitCode, error.lastLines.length, error.lastLines.at(-1)]).toEqual([
      'jaeger',
      7,
      20,
      'broken',
    ]);
    expect(error.message).toContain(error.logPath);
    expect(await readFile(error.logPath, 'utf8')).toContain('\n1\n2\n');
    await expect(run.ready('pulumi')).rejects.toBe(error);
    expect(await partDirectories(cacheDirectory)).toEqual([]);
    expect(events.map((event) => event.type)).toEqual(['started', 'failed']);
  });

  it('shows the credentials of addresses to nobody, and the log to its owner alone', async () => {
    const cacheDirectory = await temporaryDirectory();
    await mkdir(join(cacheDirectory, 'logs'), { mode: 0o755 });
    const address = 'https://bob:hunter2@mirror/debian';
    const build: PartDefinition['build'] = async (context) => {
      await context.run('true', [address]);
      await context.run('sh', ['-c', 'echo "cannot reach $0"; exit 1', address]);
    };
    const { run } = start({ cacheDirectory, definitions: [fakePart('jaeger', { build })] });
    const error: unknown = await run.all.catch((reason: unknown) => reason);
    if (!(error instanceof PartBuildError)) throw new Error('expected a PartBuildError', { cause: error });
    expect(error.lastLines.at(-1)).toBe('cannot reach https://(credentials)@mirror/debian');
    expect(error.message).not.toContain('hunter2');
    expect(await readFile(error.logPath, 'utf8')).toContain('$ true https://(credentials)@mirror/debian\n');
    const modes = [error.logPath, dirname(error.logPath)].map(async (path) =>
      ((await stat(path)).mode & 0o777).toString(8),
    );
    expect(await Promise.all(modes)).toEqual(['600', '700']);
  });

  it('builds a part that failed before, once the cause is mended', async () => {
    const cacheDirectory = await temporaryDirectory();
    await expect(
      start({ cacheDirectory, definitions: [fakePart('jaeger', failing('exit 1'))] }).run.all,
    ).rejects.toThrow('exit code 1');
    const [part] = await start({ cacheDirectory, definitions: [fakePart('jaeger')] }).run.all;
    expect(part?.origin).toBe('built');
  });

  it('ends the whole process group of a running command when aborted, and keeps nothing of the part', async () => {
    const cacheDirectory = await temporaryDirectory();
    const pidFile = join(cacheDirectory, 'grandchild.pid');
    const abort = new AbortController();
    const definitions = [fakePart('jaeger', failing(`sleep 60 & echo $! > ${pidFile}; wait`))];
    const { run } = start({ cacheDirectory, definitions, signal: abort.signal });
    await waitFor(() =>
      readFile(pidFile, 'utf8').then(
        (pid) => pid.endsWith('\n'),
        () => false,
      ),
    );
    const reason = new Error('Ctrl-C');
    abort.abort(reason);
    await expect(run.all).rejects.toBe(reason);
    const pid = (await readFile(pidFile, 'utf8')).trim();
    await waitFor(() => isGone(pid));
    expect(await partDirectories(cacheDirectory)).toEqual(['grandchild.pid']);
  });

  it('waits for another run that builds the same part, says who that is, and takes its result', async () => {
    const cacheDirectory = await temporaryDirectory();
    const gate = { open: (): void => undefined };
    const opened = new Promise<void>((resolve) => (gate.open = resolve));
    const first = start({ cacheDirectory, definitions: [fakePart('jaeger', { build: () => opened })] });
    await waitFor(() => Promise.resolve(first.events.length > 0));
    const second = start({ cacheDirectory, definitions: [fakePart('jaeger')] });
    await waitFor(() => Promise.resolve(second.events.length > 0));
    expect(second.events[0]).toMatchObject({ type: 'waiting', part: 'jaeger', holder: { pid: process.pid } });
    gate.open();
    expect((await first.run.ready('jaeger')).origin).toBe('built');
    expect((await second.run.ready('jaeger')).origin).toBe('cache');
  });

  it('takes the Pulumi CLI of the user for all of the engine and builds none of it', async () => {
    const directory = await temporaryDirectory();
    await fakePulumi(directory, 'echo v3.200.1');
    const definitions = [
      fakePart('pulumi', { group: 'engine', ...failing('exit 1') }),
      fakePart('pulumi-resource-kubernetes', { group: 'engine', ...failing('exit 1') }),
    ];
    const parts = await start({
      cacheDirectory: join(directory, 'cache'),
      definitions,
      path: `${directory}:/usr/bin:/bin`,
    }).run.all;
    expect(parts.map((part) => [part.origin, part.version, part.directory])).toEqual([
      ['path', 'v3.200.1', directory],
      ['path', 'v3.200.1', directory],
    ]);
  });

  it.each([
    ['too old', 'echo v3.100.0', /3\.100\.0; supported is >=3\.160\.0 <4\.0\.0/],
    ['of another major version', 'echo v4.0.0', /4\.0\.0; supported is/],
    ['not able to say its version', 'echo sick >&2; exit 3', /unknown \(sick\)/],
  ])('refuses a Pulumi CLI of the user that is %s, naming the range', async (_, script, message) => {
    const directory = await temporaryDirectory();
    await fakePulumi(directory, script);
    const definitions = [fakePart('pulumi', { group: 'engine' })];
    const { run, events } = start({
      cacheDirectory: join(directory, 'cache'),
      definitions,
      path: `${directory}:/usr/bin:/bin`,
    });
    await expect(run.all).rejects.toThrow(message);
    expect(events).toEqual([]);
  });

  it('does not take a CLI in its own cache for the one of the user', async () => {
    const cacheDirectory = await temporaryDirectory();
    const own = join(cacheDirectory, 'pulumi-000000000000');
    await mkdir(own);
    await fakePulumi(own, 'echo v3.160.0');
    const definitions = [fakePart('pulumi', { group: 'engine' })];
    const [part] = await start({ cacheDirectory, definitions, path: `${own}:/usr/bin:/bin` }).run.all;
    expect(part?.origin).toBe('built');
  });

  it('starts nothing when the machine lacks something', async () => {
    const cacheDirectory = await temporaryDirectory();
    const run = startToolchain({
      parts: ['jaeger'],
      cacheDirectory,
      environment: { PATH: '/usr/bin:/bin' },
      machine: fakeMachine({ freeMebibytes: () => Promise.resolve(10) }),
      definitions: [fakePart('jaeger')],
    });
    await expect(run.ready('jaeger')).rejects.toThrow('GiB free');
    expect(await readdir(cacheDirectory)).toEqual([]);
  });

  it('refuses to wait for a part that was not requested', async () => {
    const { run } = start({ cacheDirectory: await temporaryDirectory(), definitions: [fakePart('jaeger')] });
    await expect(run.ready('kubernetes')).rejects.toThrow('part kubernetes was not requested; this run has jaeger');
    await run.all;
  });

  it('leaves a failed prefetch for the build to report', async () => {
    const prefetch = () => Promise.reject(new Error('no network'));
    const definitions = [fakePart('kubernetes'), fakePart('jaeger', { prefetch })];
    const parts = await start({ cacheDirectory: await temporaryDirectory(), definitions }).run.all;
    expect(parts.length).toBe(2);
  });
});

async function fakePulumi(directory: string, script: string): Promise<void> {
  await writeFile(join(directory, 'pulumi'), `#!/bin/sh\n${script}\n`);
  await chmod(join(directory, 'pulumi'), 0o755);
}

/** A zombie that nobody has reaped yet is gone, too. */
async function isGone(pid: string): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'State:\tZ');
  return /^State:\tZ/m.test(status);
}
