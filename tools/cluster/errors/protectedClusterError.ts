import type { StackToRemove } from '../clusterStacks.ts';

/** The cluster holds stacks whose data deletion protection keeps; this command cannot be told to delete them. */
export class ProtectedClusterError extends Error {
  override readonly name = 'ProtectedClusterError';

  constructor(cluster: string, stacks: readonly StackToRemove[]) {
    const lines = stacks.map(({ stack, protectedResources }) => `  ${stack}: ${protectedResources.join(', ')}`);
    const named = [...new Set(stacks.map(({ stack }) => `--delete-data ${stack}`))].join(' ');
    super(
      `deletion protection keeps what cluster "${cluster}" holds:\n${lines.join('\n')}\n` +
        `To delete the data as well: npm run down -- --cluster ${cluster} ${named}. Nothing was removed.`,
    );
  }
}
