import { join } from 'node:path';

import { writePrivateFile } from '../process/privateFiles.ts';
import type { BuildContext, PartDefinition, PartGroup, PartName } from './part.ts';

export interface DebianPartOptions {
  readonly name: PartName;
  readonly group: PartGroup;
  /** Debian release by its code name. */
  readonly suite: string;
  readonly packages: readonly string[];
  /** `rootfs` is a directory with owners and modes kept, `rootfs.tar` an archive fit to be an image's layer. */
  readonly output: 'rootfs' | 'rootfs.tar';
  readonly hooks: readonly DebianHook[];
  readonly diskMebibytes: number;
}

/** A shell script that mmdebstrap runs with the root directory as `$1`: before, or after the packages are installed. */
export interface DebianHook {
  readonly stage: 'essential' | 'customize';
  readonly script: string;
}

// Licences stay; nothing else of the documentation is read inside a container.
const dpkgOptions = [
  'path-exclude=/usr/share/man/*',
  'path-exclude=/usr/share/locale/*',
  'path-exclude=/usr/share/info/*',
  'path-exclude=/usr/share/doc/*',
  'path-include=/usr/share/doc/*/copyright',
];

// The JRE's installation fails when the directory for its manual page's link is missing.
const manualDirectory: DebianHook = { stage: 'essential', script: 'mkdir -p "$1/usr/share/man/man1"' };

const recordPackages: DebianHook = {
  stage: 'customize',
  script: `chroot "$1" dpkg-query --show --showformat='\${Package}\\t\${Version}\\n' > "$TRACEWRIGHT_PACKAGES_FILE"`,
};

// The machine's sources may hold a password, which the part must not. No part of the fingerprint: without one, nothing changes.
const forgetCredentials =
  '--customize-hook=find "$1/etc/apt" -name "*.list" -exec sed --in-place --regexp-extended "s#//[^/[:space:]]*@#//#g" {} +';

// mmdebstrap lets its package managers run to their end when it is told to stop; a namespace's processes end with it.
const processNamespace = ['--pid', '--fork', '--kill-child', '--mount-proc'];

/** A root file system of Debian packages and what they depend on, without recommendations; the list is in `packages.txt`. */
export function debianPart(options: DebianPartOptions): PartDefinition {
  const bootstrapArguments = [
    '--variant=essential',
    '--skip=output/dev',
    '--aptopt=Apt::Install-Recommends "false"',
    ...dpkgOptions.map((option) => `--dpkgopt=${option}`),
    `--include=${options.packages.join(',')}`,
    ...[manualDirectory, ...options.hooks, recordPackages].map((hook) => `--${hook.stage}-hook=${hook.script}`),
    options.suite,
  ];
  return {
    name: options.name,
    version: options.suite,
    group: options.group,
    lane: 'download',
    requirements: {
      debianTools: [{ command: 'mmdebstrap', package: 'mmdebstrap' }],
      root: true,
      diskMebibytes: options.diskMebibytes,
    },
    fingerprint: () => Promise.resolve([JSON.stringify([bootstrapArguments, options.output])]),
    build: async (context) => {
      const target = join(context.outputDirectory, options.output);
      const sources = await writeSources(context, options.suite);
      await context.run(
        'unshare',
        [...processNamespace, 'mmdebstrap', forgetCredentials, ...bootstrapArguments, target, ...sources],
        {
          environment: {
            TMPDIR: context.workDirectory,
            TRACEWRIGHT_PACKAGES_FILE: join(context.outputDirectory, 'packages.txt'),
          },
        },
      );
    },
  };
}

/** The file with the machine's sources, if it has some: on a command line, everybody could read the passwords in them. */
async function writeSources(context: BuildContext, suite: string): Promise<readonly string[]> {
  const sources = await machineSources(context, suite);
  if (sources.length === 0) return [];
  const path = join(context.workDirectory, 'machine.list');
  writePrivateFile(path, `${sources.join('\n')}\n`);
  return [path];
}

/**
 * The machine's own package sources of the suite, so that a mirror configured there is used. A machine of another suite
 * has none; mmdebstrap then takes Debian's default ones.
 */
async function machineSources(context: BuildContext, suite: string): Promise<readonly string[]> {
  const format = 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)';
  const listed = await context.read('apt-get', [
    'indextargets',
    '--format',
    format,
    'Created-By: Packages',
    'Origin: Debian',
  ]);
  const lines = listed.split('\n').filter((line) => line.split(' ')[2]?.startsWith(suite));
  return lines.some((line) => line.split(' ')[2] === suite) ? [...new Set(lines)] : [];
}
