import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isRecord } from '../process/isRecord.ts';
import { OptionError } from './options.ts';

/** A stack that is about to be removed. */
export interface StackToRemove {
  readonly stack: string;
  /** What Pulumi refuses to delete, such as `Namespace tracing`; empty for a stack that nothing protects. */
  readonly protectedResources: readonly string[];
}

/** A stack holds data that may be deleted only by who names it. */
export class ProtectedStackError extends Error {
  override readonly name = 'ProtectedStackError';

  constructor(stacks: readonly StackToRemove[]) {
    const lines = stacks.map(({ stack, protectedResources }) => `  ${stack}: ${protectedResources.join(', ')}`);
    const which = stacks.map(({ stack }) => `--delete-data ${stack}`).join(' ');
    super(
      `deletion protection keeps what would be removed with all its data:\n${lines.join('\n')}\n` +
        `To delete the data as well, name each stack: ${which}. Nothing was removed.`,
    );
  }
}

/**
 * Makes sure that whatever is removed may be: it is unprotected, or was named by who wants its data deleted.
 * @throws OptionError for a name that is none of theirs; ProtectedStackError.
 */
export function requireDeletable(stacks: readonly StackToRemove[], named: readonly string[]): void {
  const names = stacks.map(({ stack }) => stack);
  const unknown = named.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const allowed = names.length === 0 ? 'none: nothing is deployed' : names.join(', ');
    throw new OptionError('delete-data', `"${unknown}" is not what would be removed; allowed: ${allowed}`);
  }
  const kept = stacks.filter(
    ({ stack, protectedResources }) => protectedResources.length > 0 && !named.includes(stack),
  );
  if (kept.length > 0) throw new ProtectedStackError(kept);
}

/** The resources of an exported state that Pulumi refuses to delete, as a person calls them. */
export function protectedResourcesOf(resources: readonly unknown[]): string[] {
  return resources.flatMap((resource) =>
    isRecord(resource) && resource['protect'] === true ? [describeUrn(String(resource['urn']))] : [],
  );
}

/**
 * The stacks of a backend of ours, read without an engine: a cluster that does not run can be removed too. A state that
 * cannot be read may hold anything.
 * Files: Pulumi 3.160 `pkg/backend/diy`, `.pulumi/stacks/<project>/<stack>.json`.
 */
export async function readBackendStacks(stateDirectory: string): Promise<StackToRemove[]> {
  const stacks = join(stateDirectory, 'pulumi', 'state', '.pulumi', 'stacks');
  const entries = await readdir(stacks, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json'));
  return Promise.all(
    files.map(async ({ parentPath, name }) => ({
      stack: basename(name, '.json'),
      protectedResources: protectedIn(await readFile(join(parentPath, name), 'utf8').catch(() => '')),
    })),
  );
}

function protectedIn(checkpoint: string): string[] {
  try {
    const value: unknown = JSON.parse(checkpoint);
    const latest = isRecord(value) && isRecord(value['checkpoint']) ? value['checkpoint']['latest'] : undefined;
    // A stack that was made and never deployed has no latest deployment.
    if (!isRecord(latest)) return [];
    return Array.isArray(latest['resources']) ? protectedResourcesOf(latest['resources']) : [];
  } catch {
    return ['a state that cannot be read'];
  }
}

/** `urn:pulumi:prod::tracewright::a$kubernetes:core/v1:Namespace::tracing` is the Namespace tracing. */
function describeUrn(urn: string): string {
  const [, , types = '', name = ''] = urn.split('::');
  return `${types.split(/[$:]/).at(-1) ?? ''} ${name}`.trim();
}
