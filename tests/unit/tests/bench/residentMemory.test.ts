import { describe, expect, it } from 'vitest';
import { proportionalBytes } from '../../../bench/residentMemory.ts';

const files: Readonly<Record<string, string>> = {
  '/proc/10/smaps_rollup': '0-1 ---p 0 00:00 0 [rollup]\nRss: 900 kB\nPss:                 400 kB\nPss_Anon: 300 kB\n',
  '/proc/10/comm': 'java\n',
  '/proc/11/smaps_rollup': 'Pss: 100 kB\n',
  '/proc/11/comm': 'collector-linux\n',
  // A process whose memory may not be read.
  '/proc/12/comm': 'etcd\n',
};
const read = (path: string): string | undefined => files[path];

describe('proportionalBytes', () => {
  it('counts each process once, and one that has ended as nothing', () => {
    expect(proportionalBytes(['10', '11', '10', '99'], ['java', 'collector-linux'], read)).toBe(500 * 1024);
  });

  it.each([
    ['is not among the processes', ['11'], 'java'],
    ['is there but cannot be weighed', ['10', '12'], 'etcd'],
  ])('refuses to sum when a program that must run %s', (_what, pids, program) => {
    expect(() => proportionalBytes(pids, [program], read)).toThrow(
      expect.objectContaining({ name: 'UnweighedProgramError', programs: [program] }),
    );
  });
});
