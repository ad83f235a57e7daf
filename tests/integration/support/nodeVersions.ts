import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Versions of Node.js that the runtime supports, beside the one that runs the tests: the oldest of all, the newest of the
 * oldest line, and the newest.
 */
export const OTHER_NODE_VERSIONS = ['22.15.0', '22.23.3', '26.10.0'] as const;

/**
 * Installs other versions of Node.js from npm.
 *
 * @param directory - an empty directory for them
 * @returns paths of the programs, by version; that of the tests is among them
 */
export async function installNodeVersions(directory: string): Promise<ReadonlyMap<string, string>> {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const packages = OTHER_NODE_VERSIONS.map((version) => `v${version}@npm:node-${platform}-${process.arch}@${version}`);
  const options = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  await run('npm', ['install', '--prefix', directory, ...options, ...packages]);
  const installed = OTHER_NODE_VERSIONS.map(
    (version) => [version, join(directory, 'node_modules', `v${version}`, 'bin', 'node')] as const,
  );
  return new Map([...installed, [process.versions.node, process.execPath]]);
}
