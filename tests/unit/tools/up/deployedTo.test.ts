import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deploymentId } from '../../../../tools/up/deploymentId.ts';
import {
  judgeState,
  listDeployedTo,
  OtherClusterError,
  removeDeployedTo,
  writeDeployedTo,
  type TrustQuestion,
} from '../../../../tools/up/deployedTo.ts';

const local = { context: 'tracewright-dev', clusterUid: 'uid-of-dev', local: true };
const theirs = { context: 'kind-a', clusterUid: 'uid-of-a', local: false };
const question: TrustQuestion = { stack: 'dev', asked: local, known: local, resources: 25 };

test.each<[string, Partial<TrustQuestion>, string]>([
  ['a stack that was deployed to this very cluster is compared with it', {}, 'refresh'],
  [
    'a local cluster that was made anew is compared, so that what is gone is made again',
    { known: { ...local, clusterUid: 'earlier' } },
    'refresh',
  ],
  ['an empty stack has nothing to lose', { known: theirs, resources: 0 }, 'refresh'],
  [
    'a stack that a colleague deployed to the named context is left as the backend has it',
    { asked: theirs, known: undefined },
    'as-is',
  ],
])('%s', (_what, change, trust) => {
  expect(judgeState({ ...question, ...change })).toBe(trust);
});

test.each<[string, Partial<TrustQuestion>, string]>([
  [
    "a stack of the user's cluster is not turned on the local one",
    { known: theirs },
    'describes context kind-a, not context tracewright-dev',
  ],
  [
    'a stack of one cluster is not turned on another',
    { known: theirs, asked: { ...theirs, context: 'kind-b', clusterUid: 'uid-of-b' } },
    'describes context kind-a, not context kind-b',
  ],
  [
    'a stack that was deployed from elsewhere is not turned on the local cluster',
    { known: undefined },
    'describes 25 resources that were deployed from elsewhere, not the local cluster',
  ],
])('%s', (_what, change, message) => {
  const judge = (): unknown => judgeState({ ...question, ...change });
  expect(judge).toThrow(OtherClusterError);
  expect(judge).toThrow(message);
});

test("the records of this checkout's stacks are listed; those of others and of our own engine's are not", async () => {
  const [state, checkout, other] = ['state', 'checkout', 'other'].map((name) => mkdtempSync(join(tmpdir(), name)));
  if (state === undefined || checkout === undefined || other === undefined) throw new Error('no directories');
  expect(await listDeployedTo(state, checkout)).toEqual([]);
  await writeDeployedTo(state, checkout, 'dev', { ...local, stack: 'dev' });
  await writeDeployedTo(state, checkout, 'prod', { ...theirs, stack: 'prod' });
  await writeDeployedTo(state, checkout, 'dev.tracewright-dev', { ...local, stack: 'dev' });
  await writeDeployedTo(state, other, 'foreign', { ...local, stack: 'foreign' });
  const older = join(state, 'stacks', `${await deploymentId(checkout, 'older')}.json`);
  writeFileSync(older, JSON.stringify(local));
  const listed = await listDeployedTo(state, checkout);
  expect(listed.sort((a, b) => a.stack.localeCompare(b.stack))).toEqual([
    { ...local, stack: 'dev' },
    { ...local, stack: 'older' },
    { ...theirs, stack: 'prod' },
  ]);
  await removeDeployedTo(state, checkout, 'dev');
  expect((await listDeployedTo(state, checkout)).map(({ stack }) => stack).sort()).toEqual(['older', 'prod']);
});
