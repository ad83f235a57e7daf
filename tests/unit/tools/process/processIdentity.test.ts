import { describe, expect, it } from 'vitest';
import {
  identifyProcess,
  isSameProcessAlive,
  parseProcessIdentity,
  type ProcReader,
} from '../../../../tools/process/processIdentity.ts';

const BOOT_ID = '/proc/sys/kernel/random/boot_id';

function statLine(name: string, state: string, startTime: string): string {
  const between = Array.from({ length: 18 }, (_, index) => String(index)).join(' ');
  return `77 (${name}) ${state} ${between} ${startTime} 1 2 3`;
}

function reader(files: Readonly<Record<string, string>>): ProcReader {
  return (path) => files[path];
}

const alive = reader({ '/proc/77/stat': statLine('runsvdir', 'S', '4711'), [BOOT_ID]: 'boot-a\n' });
const identity = { pid: 77, startTime: '4711', bootId: 'boot-a' };

describe('identifyProcess', () => {
  it('takes id, start time and boot', () => {
    expect(identifyProcess(77, alive)).toEqual(identity);
  });

  it('is not misled by spaces and parentheses in a program’s name', () => {
    const files = { '/proc/77/stat': statLine('a) S 1 (b', 'R', '99'), [BOOT_ID]: 'boot-a' };
    expect(identifyProcess(77, reader(files))?.startTime).toBe('99');
  });

  it.each(['Z', 'X'])('finds no process in state %s', (state) => {
    const files = { '/proc/77/stat': statLine('gone', state, '4711'), [BOOT_ID]: 'boot-a' };
    expect(identifyProcess(77, reader(files))).toBeUndefined();
  });
});

describe('isSameProcessAlive', () => {
  it('knows the process again', () => {
    expect(isSameProcessAlive(identity, alive)).toBe(true);
  });

  it.each([
    ['has ended', reader({ [BOOT_ID]: 'boot-a' })],
    ['gave its id to another', reader({ '/proc/77/stat': statLine('sh', 'S', '4712'), [BOOT_ID]: 'boot-a' })],
    ['ran before a reboot', reader({ '/proc/77/stat': statLine('sh', 'S', '4711'), [BOOT_ID]: 'boot-b' })],
  ])('denies a process that %s', (_, read) => {
    expect(isSameProcessAlive(identity, read)).toBe(false);
  });
});

describe('parseProcessIdentity', () => {
  it('accepts what was written', () => {
    expect(parseProcessIdentity(JSON.parse(JSON.stringify(identity)))).toEqual(identity);
  });

  it.each([
    undefined,
    null,
    'text',
    {},
    { ...identity, pid: 1 },
    { ...identity, pid: '77' },
    { ...identity, pid: 7.5 },
    { ...identity, startTime: 4711 },
    { ...identity, bootId: undefined },
  ])('refuses %j', (value) => {
    expect(parseProcessIdentity(value)).toBeUndefined();
  });
});
