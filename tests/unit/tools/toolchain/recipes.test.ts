import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { installDebianTools } from '../../../../tools/toolchain/debianTools.ts';
import { debianPart } from '../../../../tools/toolchain/debianPart.ts';
import { mavenPart } from '../../../../tools/toolchain/mavenPart.ts';
import { recordingContext, temporaryDirectory } from './fakes.ts';

const emptySha512 =
  'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e';

describe('debianPart', () => {
  const part = debianPart({
    name: 'node-rootfs',
    group: 'cluster',
    suite: 'bookworm',
    packages: ['runc', 'runit'],
    output: 'rootfs',
    hooks: [],
    diskMebibytes: 1,
  });
  const commandFor = async (targets: string) => {
    const workDirectory = await temporaryDirectory();
    const context = recordingContext({ outputDirectory: '/out', workDirectory }, () => Promise.resolve(targets));
    await part.build(context);
    return { command: context.commands.at(-1) ?? [], sources: join(workDirectory, 'machine.list') };
  };

  it('uses the package sources that the machine has of the suite', async () => {
    const { command, sources } = await commandFor(
      'deb http://mirror/ bookworm main\ndeb http://mirror/ bookworm-updates main\ndeb http://other/ sid main',
    );
    expect(command.slice(command.indexOf('bookworm'))).toEqual(['bookworm', '/out/rootfs', sources]);
    expect(await readFile(sources, 'utf8')).toBe(
      'deb http://mirror/ bookworm main\ndeb http://mirror/ bookworm-updates main\n',
    );
    expect(command).toContain('--include=runc,runit');
  });

  it('keeps the password of a source off the command line, in a file that only its owner reads', async () => {
    const { command, sources } = await commandFor('deb https://bob:hunter2@mirror/ bookworm main');
    expect(command.join(' ')).not.toContain('hunter2');
    expect((await stat(sources)).mode & 0o777).toBe(0o600);
  });

  it('leaves the sources to mmdebstrap on a machine of another suite', async () => {
    const { command } = await commandFor('deb http://mirror/ trixie main');
    expect(command.slice(command.indexOf('bookworm'))).toEqual(['bookworm', '/out/rootfs']);
  });
});

describe('mavenPart', () => {
  const build = async (sha512: string) => {
    const directory = await temporaryDirectory();
    const directories = { outputDirectory: join(directory, 'output'), workDirectory: join(directory, 'work') };
    await mkdir(directories.outputDirectory);
    const context = recordingContext(directories, async (command) => {
      if (command === 'mvn') {
        await mkdir(join(directories.workDirectory, 'downloads'), { recursive: true });
        await writeFile(join(directories.workDirectory, 'downloads', 'server.zip'), '');
      } else {
        await mkdir(join(directories.workDirectory, 'unpacked', 'server-7.0', 'bin'), { recursive: true });
      }
      return '';
    });
    const part = mavenPart({
      name: 'elasticsearch',
      version: '7.0',
      group: 'images',
      artifact: 'a:b:7.0:zip',
      mavenPlugin: 'p:q:1',
      sha512,
      diskMebibytes: 1,
    });
    return { outputDirectory: directories.outputDirectory, context, built: part.build(context) };
  };

  it('unpacks the archive into a directory of the name of the part', async () => {
    const { outputDirectory, built } = await build(emptySha512);
    await built;
    expect(await readdir(outputDirectory)).toEqual(['elasticsearch']);
    expect(await readdir(join(outputDirectory, 'elasticsearch'))).toEqual(['bin']);
  });

  it('refuses an archive with another checksum before unpacking it', async () => {
    const { context, built } = await build('0'.repeat(128));
    await expect(built).rejects.toMatchObject({
      name: 'ChecksumMismatchError',
      artifact: 'a:b:7.0:zip',
      actual: emptySha512,
    });
    expect(context.commands.map(([command]) => command)).toEqual(['mvn']);
  });
});

describe('installDebianTools', () => {
  const directories = { outputDirectory: '/out', workDirectory: '/work' };
  const answer = () => Promise.resolve('');

  it('runs nothing when the machine has the tools', async () => {
    const context = { ...recordingContext(directories, answer), environment: { PATH: '/usr/bin:/bin' } };
    await installDebianTools(context, [{ command: 'sh', package: 'dash' }]);
    expect(context.commands).toEqual([]);
  });

  it('installs only what is missing', async () => {
    const context = { ...recordingContext(directories, answer), environment: { PATH: '/usr/bin:/bin' } };
    await installDebianTools(context, [
      { command: 'sh', package: 'dash' },
      { command: 'no-such-command', package: 'no-such-package' },
    ]);
    expect(context.commands.map((command) => command.slice(-1))).toEqual([['update'], ['no-such-package']]);
  });
});
