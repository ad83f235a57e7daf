import { coerce, gt } from 'semver';

import type { Machine } from './machine.ts';
import { MissingPrerequisitesError } from './missingPrerequisitesError.ts';
import type { PartDefinition } from './part.ts';

// What the rest of a run (images, state, logs) must still find free.
const reservedMebibytes = 1024;

/**
 * Makes sure that the machine can build the parts, before anything is started. Installs nothing.
 *
 * @throws MissingPrerequisitesError naming everything that is missing, with what to do about each
 */
export async function checkPrerequisites(
  parts: readonly PartDefinition[],
  machine: Machine,
  cacheDirectory: string,
): Promise<void> {
  if (parts.length === 0) return;
  const problems = [
    ...platformProblems(machine),
    ...(await goProblems(parts, machine)),
    ...(await toolProblems(parts, machine)),
    ...(await diskProblems(parts, machine, cacheDirectory)),
  ];
  if (problems.length > 0)
    throw new MissingPrerequisitesError(
      parts.map((part) => part.name),
      problems,
    );
}

function platformProblems(machine: Machine): readonly string[] {
  const problems = [];
  if (machine.platform !== 'linux') {
    problems.push(
      `this is ${machine.platform}: the parts are built for and on Linux. Run it on Linux, or install the Pulumi CLI and use your own cluster with --context NAME`,
    );
  }
  if (machine.arch !== 'x64' && machine.arch !== 'arm64') {
    problems.push(`the processor is ${machine.arch}: the parts exist for x64 and arm64`);
  }
  return problems;
}

async function goProblems(parts: readonly PartDefinition[], machine: Machine): Promise<readonly string[]> {
  const needed = parts.flatMap((part) => part.requirements.go ?? []);
  const oldest = needed.reduce<string | undefined>(
    (max, version) => (max === undefined || gt(version, max) ? version : max),
    undefined,
  );
  if (oldest === undefined) return [];
  const found = await machine.goVersion();
  if (found === undefined) return [`Go is missing: install Go ${oldest} or newer and put its "go" on PATH`];
  const version = coerce(found);
  if (version !== null && !gt(oldest, version)) return [];
  return [`Go is ${found}: ${oldest} or newer is needed; install it and put its "go" first on PATH`];
}

async function toolProblems(parts: readonly PartDefinition[], machine: Machine): Promise<readonly string[]> {
  const problems: string[] = [];
  const lacks = async (command: string) => !(await machine.has(command));
  for (const command of ['flock', 'setpriv']) {
    if (await lacks(command)) problems.push(`${command} is missing: install it (Debian package util-linux)`);
  }
  if (parts.some((part) => part.requirements.java) && (await lacks('java'))) {
    problems.push('Java is missing: install it (apt-get install openjdk-17-jre-headless)');
  }
  const installs = await missingPackages(parts, machine);
  const needsRoot = parts.some((part) => part.requirements.root);
  if (!machine.isRoot && (needsRoot || installs.length > 0)) {
    problems.push(
      `this is not root: the parts made of Debian packages need it; run it as root${installCommand(installs)}`,
    );
  }
  if ((needsRoot || installs.length > 0) && (await lacks('apt-get'))) {
    problems.push(
      'apt-get is missing: the parts made of Debian packages are built on Debian 12 or a system with its apt-get',
    );
  }
  return problems;
}

async function missingPackages(parts: readonly PartDefinition[], machine: Machine): Promise<readonly string[]> {
  const tools = parts.flatMap((part) => part.requirements.debianTools ?? []);
  const missing = new Set<string>();
  for (const tool of tools) if (!(await machine.has(tool.command))) missing.add(tool.package);
  return [...missing];
}

function installCommand(packages: readonly string[]): string {
  return packages.length === 0 ? '' : ` (it then installs what is missing: apt-get install ${packages.join(' ')})`;
}

async function diskProblems(
  parts: readonly PartDefinition[],
  machine: Machine,
  cacheDirectory: string,
): Promise<readonly string[]> {
  const needed = parts.reduce((sum, part) => sum + part.requirements.diskMebibytes, reservedMebibytes);
  const free = await machine.freeMebibytes(cacheDirectory);
  if (free >= needed) return [];
  return [
    `the disk of ${cacheDirectory} has ${gibibytes(free)} GiB free, building takes ${gibibytes(needed)} GiB: free some, or set XDG_CACHE_HOME to a directory on a larger disk`,
  ];
}

function gibibytes(mebibytes: number): string {
  return (mebibytes / 1024).toFixed(1);
}
