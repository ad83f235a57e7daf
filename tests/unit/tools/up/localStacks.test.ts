import { expect, test } from 'vitest';
import { readUserStacks, stacksOnCluster } from '../../../../tools/up/localStacks.ts';

const here = { context: 'tracewright-dev', clusterUid: 'uid', local: true };
const records = [
  { ...here, stack: 'dev' },
  { ...here, stack: 'prod' },
  { ...here, stack: 'old', clusterUid: 'of an earlier cluster' },
  { ...here, stack: 'other', context: 'tracewright-test' },
  { ...here, stack: 'theirs', local: false },
];

test('every stack that was deployed to this very cluster goes with it', () => {
  expect(stacksOnCluster(records, 'tracewright-dev', 'uid')).toEqual(['dev', 'prod']);
});

test('a cluster that cannot be asked may be the one of every record with its name', () => {
  expect(stacksOnCluster(records, 'tracewright-dev', undefined)).toEqual(['dev', 'prod', 'old']);
});

test("the states of the user's backend say what they protect; one that cannot be read may hold anything", async () => {
  const asked = [
    { stack: 'prod', mayBeProtected: true },
    { stack: 'gone', mayBeProtected: true },
    { stack: 'hidden', mayBeProtected: true },
    { stack: 'dev', mayBeProtected: false },
  ];
  const stacks = await readUserStacks(asked, (stack) => {
    if (stack === 'prod')
      return Promise.resolve({
        resources: 9,
        protectedResources: ['Namespace tracing'],
        namespaces: ['tracing'],
        all: [],
      });
    if (stack === 'gone') return Promise.resolve(undefined);
    return Promise.reject(new Error('pulumi stack failed:\nerror: not logged in'));
  });
  expect(stacks).toEqual([
    { stack: 'prod', protectedResources: ['Namespace tracing'] },
    { stack: 'gone', protectedResources: [] },
    {
      stack: 'hidden',
      protectedResources: ['a state that cannot be read (pulumi stack failed: error: not logged in)'],
    },
    { stack: 'dev', protectedResources: [] },
  ]);
});
