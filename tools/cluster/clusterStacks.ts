import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { noneIfAbsent } from '../process/noneIfAbsent.ts';
import { isRecord } from '../values/isRecord.ts';

/** A stack that is about to be removed. */
export interface StackToRemove {
  readonly stack: string;
  /** What Pulumi refuses to delete, such as `Namespace tracing`; empty for a stack that nothing protects. */
  readonly protectedResources: readonly string[];
}

/** The resources of an exported state that Pulumi refuses to delete, as a person calls them. */
export function protectedResourcesOf(resources: readonly unknown[]): string[] {
  return resources.flatMap((resource) =>
    isRecord(resource) && resource['protect'] === true ? [describeUrn(String(resource['urn']))] : [],
  );
}

/** The names of those that something protects. */
export function protectedStacks(stacks: readonly StackToRemove[]): string[] {
  const kept = stacks.filter(({ protectedResources }) => protectedResources.length > 0);
  return [...new Set(kept.map(({ stack }) => stack))];
}

const checkpointName = /\.json(\.gz)?$/;
const unreadable = ['a state that cannot be read'];

/**
 * The stacks of a backend of ours, which lies in the directory of its cluster and goes with it. Read without an engine: a
 * cluster that does not run can be removed too. A state that cannot be read may hold anything.
 * Files: Pulumi 3.160 `pkg/backend/diy`, `.pulumi/stacks/<project>/<stack>.json`, and `.json.gz` under
 * PULUMI_DIY_BACKEND_GZIP, which no engine of ours is given.
 */
export async function readBackendStacks(stateDirectory: string): Promise<StackToRemove[]> {
  const stacks = join(stateDirectory, 'pulumi', 'state', '.pulumi', 'stacks');
  const entries = await readdir(stacks, { recursive: true, withFileTypes: true }).catch(noneIfAbsent);
  const files = entries.filter((entry) => entry.isFile() && checkpointName.test(entry.name));
  return Promise.all(
    files.map(async ({ parentPath, name }) => ({
      stack: name.replace(checkpointName, ''),
      protectedResources: protectedIn(await readFile(join(parentPath, name), 'utf8').catch(() => '')),
    })),
  );
}

function protectedIn(checkpoint: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(checkpoint);
    if (!isRecord(value) || !isRecord(value['checkpoint'])) return unreadable;
    const { latest } = value['checkpoint'];
    // A stack that was made and never deployed has no latest deployment.
    if (!isRecord(latest)) return [];
    return Array.isArray(latest['resources']) ? protectedResourcesOf(latest['resources']) : [];
  } catch {
    return unreadable;
  }
}

/** `urn:pulumi:prod::tracewright::a$kubernetes:core/v1:Namespace::tracing` is the Namespace tracing. */
function describeUrn(urn: string): string {
  const [, , types = '', name = ''] = urn.split('::');
  return `${types.split(/[$:]/).at(-1) ?? ''} ${name}`.trim();
}
