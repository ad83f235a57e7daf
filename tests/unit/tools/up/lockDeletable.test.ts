import { expect, test } from 'vitest';
import type { StackToRemove } from '../../../../tools/cluster/clusterStacks.ts';
import { ProtectedStackError } from '../../../../tools/up/deletionProtection.ts';
import { lockDeletable } from '../../../../tools/up/lockDeletable.ts';

const open = (stack: string): StackToRemove => ({ stack, protectedResources: [] });
const kept = (stack: string): StackToRemove => ({ stack, protectedResources: ['Namespace tracing'] });

/** Takes the locks of what the reads find, one read after the other; the last one is repeated. */
function lockAll(reads: readonly (readonly StackToRemove[])[], deleteData: readonly string[] = []) {
  const held: string[] = [];
  let count = 0;
  const locking = lockDeletable({
    stack: 'dev',
    deleteData,
    read: () => Promise.resolve(reads[Math.min(count++, reads.length - 1)] ?? []),
    lock: (stack) => {
      held.push(stack);
      return Promise.resolve({
        [Symbol.asyncDispose]: () => {
          held.splice(held.indexOf(stack), 1);
          return Promise.resolve();
        },
      });
    },
  });
  return { held, locking };
}

test('the other stacks are locked once each, and read again under their locks', async () => {
  const { held, locking } = lockAll([
    [open('dev'), open('a')],
    [open('a'), open('b')],
  ]);
  const locks = await locking;
  expect(held).toEqual(['a', 'b']);
  await locks.disposeAsync();
  expect(held).toEqual([]);
});

test('what became protected before its lock was taken is kept, and the locks are free again', async () => {
  const { held, locking } = lockAll([[open('prod')], [kept('prod')]]);
  await expect(locking).rejects.toThrow(ProtectedStackError);
  expect(held).toEqual([]);
});

test('any stack that would go may be named, and the own one though it was never deployed', async () => {
  const { locking } = lockAll([[kept('prod'), kept('staging')]], ['prod', 'staging', 'dev']);
  await (await locking).disposeAsync();
  const unnamed = lockAll([[kept('prod'), kept('staging')]], ['prod']);
  await expect(unnamed.locking).rejects.toThrow('--delete-data staging');
});
