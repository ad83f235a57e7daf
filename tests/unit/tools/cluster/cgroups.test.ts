import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cgroupDirectories } from '../../../../tools/cluster/cgroups.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tracewright-cgroups-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

it('is one directory in the single hierarchy of version 2', () => {
  writeFileSync(join(root, 'cgroup.controllers'), 'cpu memory');
  expect(cgroupDirectories('tracewright-x', root)).toEqual([join(root, 'tracewright-x')]);
});

it('is one directory a controller in version 1, and one in the hierarchy of version 2 beside them', () => {
  for (const name of ['cpu', 'memory', 'unified']) mkdirSync(join(root, name));
  expect([...cgroupDirectories('tracewright-x', root)].sort()).toEqual([
    join(root, 'cpu', 'tracewright-x'),
    join(root, 'memory', 'tracewright-x'),
    join(root, 'unified', 'tracewright-x'),
  ]);
});
