import { z } from 'zod';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { describeRefusal } from '../../refusal.ts';
import { openStorages, type StorageClient } from './storageClient.ts';

const health = z.object({
  status: z.enum(['green', 'yellow', 'red']),
  number_of_nodes: z.number(),
  unassigned_shards: z.number(),
  number_of_pending_tasks: z.number(),
});

/** What the storage says of itself. */
export type StorageHealth = z.infer<typeof health>;

/** The storage answers at each of its addresses, and has every shard. */
export const storageHealthy: Check = {
  id: 'storage-healthy',
  component: 'storage',
  title: 'the storage answers at each of its addresses, and has all of its shards',
  run: async (context) => {
    const addresses = await openStorages(context);
    return Promise.all(
      addresses.map((storage) =>
        judgeAddress(storage).catch((error: unknown): Finding => {
          context.signal.throwIfAborted();
          return { outcome: 'unchecked', subject: storage.name, expected: 'green', ...describeRefusal(error) };
        }),
      ),
    );
  },
};

async function judgeAddress(storage: StorageClient): Promise<Finding> {
  if ((await storage.greet()) === 401) return loginRefused(storage.name);
  return judgeHealth(storage.name, await storage.get('/_cluster/health', health));
}

function loginRefused(subject: string): Finding {
  return {
    outcome: 'failed',
    subject,
    expected: 'takes the user and the password that Jaeger has',
    found: 'it refuses them (401)',
    mend: "give Jaeger the password that the storage has for its user, then restart what still has the old one: docs/operations.md, 'A new password'",
  };
}

/** What its health means. */
export function judgeHealth(subject: string, found: StorageHealth): Finding {
  const { status, number_of_nodes: nodes, unassigned_shards: unassigned } = found;
  const seen = { subject, expected: 'green', found: `${status}, ${nodes} nodes, ${unassigned} shards without a node` };
  if (status === 'green') return { outcome: 'ok', ...seen };
  if (status === 'yellow')
    return {
      outcome: 'warning',
      ...seen,
      mend: 'copies of shards have no node: bring back the node that is away, or set storage.replicas to what there are nodes for',
    };
  return {
    outcome: 'failed',
    ...seen,
    mend: 'shards are missing, and with them spans: see GET /_cluster/allocation/explain of the storage, and whether a disk is full',
  };
}
