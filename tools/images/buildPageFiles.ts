import { buildPage } from '../../runtime/page/buildPage.ts';
import { cachedBuild } from './cachedBuild.ts';
import { PackageBuildError } from './packageBuildError.ts';

/** Sources of the page, what it takes from the runtime, and by which versions it is built. */
const MADE_OF = [
  'runtime/page/*.{ts,html,json}',
  'runtime/page/src/**/*.{ts,tsx,css}',
  'runtime/src/**/*.ts',
  'package-lock.json',
];

/**
 * Builds the runtime's page of the repository into the cache, and gives the directory. The same sources are found again.
 *
 * @throws PackageBuildError with every mistake in the sources.
 */
export function buildPageFiles(repository: string, cacheDirectory: string): Promise<string> {
  return cachedBuild({ repository, cacheDirectory, name: 'runtime-page', madeOf: MADE_OF, build });
}

async function build(directory: string): Promise<void> {
  try {
    await buildPage(directory);
  } catch (cause) {
    throw new PackageBuildError('runtime/page', cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
