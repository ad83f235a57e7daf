import { describe, expect, it } from 'vitest';
import {
  identifyProcess,
  isSameProcessAlive,
  parseProcessIdentity,
  type ProcReader,
} from '../../../../tools/process/processIdentity.ts';

const BOOT_ID = '/proc/sys/kernel/random/boot_id';

function statLine(name: string, state: string, startTime: string, threads = 1): string {
  const between = Array.from({ length: 16 }, (_, index) => String(index)).join(' ');
  return `77 (${name}) ${state} ${between} ${String(threads)} 0 ${startTime} 1 2 3`;
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

  it('finds a process whose first thread has ended while others still hold its sockets', () => {
    const files = { '/proc/77/stat': statLine('node', 'Z', '4711', 3), [BOOT_ID]: 'boot-a' };
    expect(identifyProcess(77, reader(files))).toEqual(identity);
  });
});

describe('identifyProcess without /proc', () => {
  const noProc = reader({});
  const started = 'Sun Nov  8 09:05:07 2026';
  const ps = (line: string | undefined) => () => line;

  it('takes the start from ps', () => {
    expect(identifyProcess(77, noProc, ps(`Ss   ${started}\n`))).toEqual({
      pid: 77,
      startTime: started,
      bootId: 'none',
    });
  });

  it.each([undefined, '', '\n', `Z+   ${started}`])('finds no process where ps says %j', (line) => {
    expect(identifyProcess(77, noProc, ps(line))).toBeUndefined();
  });

  it('knows the process again, and not another of its id', () => {
    const known = { pid: 77, startTime: started, bootId: 'none' };
    expect(isSameProcessAlive(known, noProc, ps(`R    ${started}    \n`))).toBe(true);
    expect(isSameProcessAlive(known, noProc, ps('R    Sun Nov  8 09:05:08 2026\n'))).toBe(false);
  });

  it('understands this machine’s ps', () => {
    const own = identifyProcess(process.pid, noProc);
    expect(own?.startTime).toMatch(/\d\d:\d\d:\d\d \d{4}$/);
    expect(own && isSameProcessAlive(own, noProc)).toBe(true);
    expect(identifyProcess(2 ** 22 + 1, noProc)).toBeUndefined();
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
