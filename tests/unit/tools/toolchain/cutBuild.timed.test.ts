import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { startToolchain } from '../../../../tools/toolchain/toolchain.ts';
import { fakeMachine, fakePart, temporaryDirectory, waitFor } from './fakes.ts';

const toolchain = join(import.meta.dirname, '../../../../tools/toolchain/toolchain.ts');

/** Builds jaeger with a command that fills the part and then never ends. */
const program = (cacheDirectory: string) => `
  import { startToolchain } from ${JSON.stringify(toolchain)};
  const script = (directory) => 'echo half > ' + directory + '/binary; echo $$ > ${cacheDirectory}/command.pid; exec sleep 60';
  await startToolchain({
    parts: ['jaeger'],
    cacheDirectory: ${JSON.stringify(cacheDirectory)},
    environment: process.env,
    definitions: [{
      name: 'jaeger', version: 'v1', group: 'images', lane: 'compile', requirements: { diskMebibytes: 1 },
      fingerprint: async () => ['jaeger'],
      build: (context) => context.run('sh', ['-c', script(context.outputDirectory)]),
    }],
  }).all;
`;

it('leaves no half part and no lock when it is killed by force in a build, and the next run builds', async () => {
  const cacheDirectory = await temporaryDirectory();
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program(cacheDirectory)], {
    stdio: 'inherit',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const pidFile = join(cacheDirectory, 'command.pid');
  await waitFor(() =>
    access(pidFile).then(
      () => true,
      () => false,
    ),
  );
  child.kill('SIGKILL');
  await once(child, 'exit');
  const pid = (await readFile(pidFile, 'utf8')).trim();
  // The kernel ends the orphaned command, too.
  await waitFor(() =>
    access(`/proc/${pid}`).then(
      () => false,
      () => true,
    ),
  );
  const cut = (await readdir(cacheDirectory)).filter((entry) => entry.startsWith('jaeger-'));
  expect(cut).toHaveLength(1);
  expect(cut[0]).toMatch(/^jaeger-[0-9a-f]{12}\.partial-/);
  const part = await startToolchain({
    parts: ['jaeger'],
    cacheDirectory,
    environment: { PATH: '/usr/bin:/bin' },
    machine: fakeMachine(),
    definitions: [
      fakePart('jaeger', { build: (context) => writeFile(join(context.outputDirectory, 'binary'), 'whole') }),
    ],
  }).ready('jaeger');
  expect(part.origin).toBe('built');
  expect(await readFile(join(part.directory, 'binary'), 'utf8')).toBe('whole');
  const left = (await readdir(cacheDirectory)).filter((entry) => entry.startsWith('jaeger-'));
  expect(left.map((entry) => join(cacheDirectory, entry))).toEqual([part.directory]);
});
