import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { defaultCacheDirectory } from '../../../../tools/toolchain/cacheDirectory.ts';
import { listToolchain } from '../../../../tools/toolchain/listToolchain.ts';
import { startToolchain } from '../../../../tools/toolchain/toolchain.ts';
import { describeToolchainEvent } from '../../../../tools/toolchain/toolchainEvent.ts';
import { fakeMachine, fakePart, temporaryDirectory } from './fakes.ts';

describe('listToolchain', () => {
  it('tells what is in the cache and what is missing, without building', async () => {
    const cacheDirectory = await temporaryDirectory();
    const environment = { PATH: '/usr/bin:/bin' };
    const definitions = [fakePart('kubernetes'), fakePart('jaeger')];
    await startToolchain({ parts: ['jaeger'], cacheDirectory, environment, machine: fakeMachine(), definitions }).all;
    const listed = await listToolchain(definitions, cacheDirectory, environment);
    expect(listed.map((part) => [part.name, part.version, part.origin])).toEqual([
      ['kubernetes', 'v1', 'missing'],
      ['jaeger', 'v1', 'cache'],
    ]);
  });
});

describe('defaultCacheDirectory', () => {
  it.each([
    [{ XDG_CACHE_HOME: '/big', HOME: '/home/me' }, '/big/tracewright'],
    [{ HOME: '/home/me' }, '/home/me/.cache/tracewright'],
    [{ XDG_CACHE_HOME: 'relative', HOME: '/home/me' }, '/home/me/.cache/tracewright'],
  ])('is, with %o, %s', (environment, directory) => {
    expect(defaultCacheDirectory(environment)).toBe(join(directory));
  });
});

describe('describeToolchainEvent', () => {
  const part = { name: 'jaeger', version: 'v1.50.0', origin: 'built', directory: '/cache/jaeger' } as const;
  const counted = { part: 'jaeger', index: 2, total: 5 } as const;

  it.each([
    [describeToolchainEvent({ type: 'found', part: { ...part, origin: 'cache' } }), 'jaeger v1.50.0: found (cache)'],
    [describeToolchainEvent({ type: 'started', ...counted, logPath: '/l' }), '[2/5] jaeger: building, log /l'],
    [
      describeToolchainEvent({ type: 'finished', index: 2, total: 5, part, elapsedSeconds: 61.4 }),
      '[2/5] jaeger: ready after 61 s',
    ],
    [
      describeToolchainEvent({ type: 'failed', ...counted, elapsedSeconds: 3, error: undefined }),
      '[2/5] jaeger: failed after 3 s',
    ],
    [
      describeToolchainEvent({ type: 'waiting', ...counted, holder: { pid: 7, since: '2026-01-01T00:00:00.000Z' } }),
      '[2/5] jaeger: waiting for another run (process 7, since 2026-01-01T00:00:00.000Z) that builds it',
    ],
    [
      describeToolchainEvent({ type: 'waiting', ...counted, holder: undefined }),
      '[2/5] jaeger: waiting for another run that builds it',
    ],
  ])('says: %s', (line, expected) => {
    expect(line).toBe(expected);
  });
});
