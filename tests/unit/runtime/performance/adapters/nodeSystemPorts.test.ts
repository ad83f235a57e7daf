import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { nodeSystemPorts } from '../../../../../runtime/src/performance/adapters/nodeSystemPorts.ts';

let directory = '';
afterEach(() => rmSync(directory, { recursive: true, force: true }));

it('tells directories and links to them, as interfaces are, and not the file bonding_masters beside them', () => {
  directory = mkdtempSync(join(tmpdir(), 'interfaces-'));
  mkdirSync(join(directory, 'lo'));
  symlinkSync('lo', join(directory, 'eth0'));
  writeFileSync(join(directory, 'bonding_masters'), 'bond0\n');
  expect(nodeSystemPorts().directoryNames(directory).toSorted()).toEqual(['eth0', 'lo']);
});
