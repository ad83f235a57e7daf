import { findOnPath } from './findOnPath.ts';
import type { BuildContext, DebianTool } from './part.ts';

// Another package manager at work is waited for instead of failing.
const aptOptions = ['-o', 'DPkg::Lock::Timeout=300', '--yes'];

/** Installs, with apt-get, the packages of those tools that the machine lacks; runs nothing when it has them all. */
export async function installDebianTools(context: BuildContext, tools: readonly DebianTool[]): Promise<void> {
  const found = await Promise.all(tools.map((tool) => findOnPath(tool.command, context.environment)));
  const packages = tools.filter((_, index) => found[index] === undefined).map((tool) => tool.package);
  if (packages.length === 0) return;
  const settings = { environment: { DEBIAN_FRONTEND: 'noninteractive' } };
  await context.run('apt-get', [...aptOptions, 'update'], settings);
  await context.run('apt-get', [...aptOptions, 'install', ...packages], settings);
}
