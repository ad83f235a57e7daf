import { describe, expect, it } from 'vitest';

import type { Machine } from '../../../../tools/toolchain/machine.ts';
import { MissingPrerequisitesError } from '../../../../tools/toolchain/missingPrerequisitesError.ts';
import { checkPrerequisites } from '../../../../tools/toolchain/prerequisites.ts';
import { fakeMachine, fakePart } from './fakes.ts';

const parts = [
  fakePart('kubernetes', { requirements: { go: '1.24.0', diskMebibytes: 5000 } }),
  fakePart('pulumi-resource-kubernetes', { requirements: { go: '1.24.7', diskMebibytes: 3000 } }),
  fakePart('node-rootfs', {
    requirements: { root: true, debianTools: [{ command: 'mmdebstrap', package: 'mmdebstrap' }], diskMebibytes: 700 },
  }),
  fakePart('elasticsearch', {
    requirements: { java: true, debianTools: [{ command: 'mvn', package: 'maven' }], diskMebibytes: 300 },
  }),
];

const lacking = (...commands: readonly string[]): Partial<Machine> => ({
  has: (command) => Promise.resolve(!commands.includes(command)),
});

const problemsOf = async (changes: Partial<Machine>) => {
  const error: unknown = await checkPrerequisites(parts, fakeMachine(changes), '/cache').catch(
    (reason: unknown) => reason,
  );
  return error instanceof MissingPrerequisitesError ? error.problems : error;
};

describe('checkPrerequisites', () => {
  it('accepts a machine that has everything', async () => {
    expect(await problemsOf({})).toBeUndefined();
  });

  it('asks nothing when no part is to be built', async () => {
    await expect(checkPrerequisites([], fakeMachine({ platform: 'darwin' }), '/cache')).resolves.toBeUndefined();
  });

  it.each<[string, Partial<Machine>, RegExp]>([
    ['another system than Linux', { platform: 'darwin' }, /^this is darwin.*--context NAME/],
    ['another processor', { arch: 's390x' }, /^the processor is s390x: .*x64 and arm64/],
    ['no Go', { goVersion: () => Promise.resolve(undefined) }, /^Go is missing: install Go 1\.24\.7 or newer/],
    [
      'a Go older than the newest that is needed',
      { goVersion: () => Promise.resolve('go1.24.3') },
      /^Go is go1\.24\.3: 1\.24\.7 or newer/,
    ],
    ['no Java', lacking('java'), /^Java is missing: .*openjdk-17-jre-headless/],
    ['no flock', lacking('flock'), /^flock is missing: .*util-linux/],
    ['a user that is not root', { isRoot: false }, /^this is not root/],
    ['no apt-get', lacking('apt-get'), /^apt-get is missing/],
    [
      'a disk nearly full',
      { freeMebibytes: () => Promise.resolve(2048) },
      /^the disk of \/cache has 2\.0 GiB free, building takes 9\.8 GiB/,
    ],
  ])('reports %s', async (_, changes, problem) => {
    expect(await problemsOf(changes)).toEqual([expect.stringMatching(problem)]);
  });

  it('takes tools that apt-get can install for given when it is root', async () => {
    expect(await problemsOf(lacking('mmdebstrap', 'mvn'))).toBeUndefined();
  });

  it('says what would be installed when it is not root', async () => {
    expect(await problemsOf({ ...lacking('mmdebstrap', 'mvn'), isRoot: false })).toEqual([
      expect.stringContaining('apt-get install mmdebstrap maven'),
    ]);
  });

  it('reports everything that is missing at once', async () => {
    const problems = await problemsOf({
      ...lacking('java', 'apt-get'),
      isRoot: false,
      goVersion: () => Promise.resolve(undefined),
      freeMebibytes: () => Promise.resolve(0),
    });
    expect(problems).toHaveLength(5);
  });

  it.each(['go1.24.7', 'go1.26rc1', 'go1.30'])('accepts %s', async (version) => {
    expect(await problemsOf({ goVersion: () => Promise.resolve(version) })).toBeUndefined();
  });
});
