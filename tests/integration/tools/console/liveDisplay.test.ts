import { execa } from 'execa';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';

const repository = new URL('../../../..', import.meta.url).pathname;

const program = `
import { createLiveDisplay } from '${repository}tools/console/liveDisplay.ts';
const display = createLiveDisplay(['toolchain', 'cluster', 'stack', 'trace'], process.stderr);
display.begin('toolchain');
display.detail('toolchain', 'found in the cache');
await new Promise((resolve) => setTimeout(resolve, 300));
display.end('toolchain', 0.3);
display.begin('cluster');
display.fail('cluster', 0.1);
await display.close();
`;

test('a terminal shows what each phase does, which have ended, which failed and which were not reached', async () => {
  // script(1) gives the program a terminal.
  const command = `stty cols 100 rows 30; '${process.execPath}' --input-type=module --eval '${program.replaceAll("'", '"')}'`;
  const { stdout } = await execa('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    stdin: 'ignore',
  });
  const lines = stripVTControlCharacters(stdout)
    .split(/\r?\n/)
    .map((line) => line.trim());
  expect(lines).toContain('› found in the cache');
  const last = lines.filter((line) => line !== '').slice(-6);
  expect(last.slice(-4)).toEqual([
    '✔ toolchain [0 s]',
    '✖ cluster failed',
    '✖ stack: not reached',
    '✖ trace: not reached',
  ]);
});
