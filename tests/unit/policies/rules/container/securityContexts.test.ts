import { describe, expect, it } from 'vitest';
import { readOnlyRootFilesystem } from '../../../../../policies/rules/container/readOnlyRootFilesystem.ts';
import { userAndGroupIds } from '../../../../../policies/rules/container/userAndGroupIds.ts';
import { findingsOf } from '../../../../support/problemsOf.ts';
import { deploymentOf, podKinds, podsOfKind, problemsIn, unknownText } from './containerFixtures.ts';

describe('read-only-root-filesystem', () => {
  const path = 'securityContext.readOnlyRootFilesystem';

  it.each([
    [{}, `${path} is missing: it must be true`],
    [{ securityContext: null }, `${path} is missing: it must be true`],
    [{ securityContext: { readOnlyRootFilesystem: null } }, `${path} is missing: it must be true`],
    [{ securityContext: { readOnlyRootFilesystem: 'true' } }, `${path} is "true": it must be true`],
  ])('finds %j', (container, problem) => {
    expect(problemsIn(readOnlyRootFilesystem, container)).toEqual([problem]);
  });

  it('knows no such field of a pod', () => {
    const object = deploymentOf({ name: 'web' }, { securityContext: { readOnlyRootFilesystem: true } });
    expect(findingsOf(readOnlyRootFilesystem, [object])).toHaveLength(1);
  });

  it.each(podKinds)('asks it of every container of a %s', (kind) => {
    const object = podsOfKind(kind, {
      initContainers: [{ name: 'first' }],
      containers: [{ name: 'web' }],
      ephemeralContainers: [{ name: 'debug' }],
    });
    expect(findingsOf(readOnlyRootFilesystem, [object]).map(({ container }) => container)).toEqual([
      'first',
      'web',
      'debug',
    ]);
  });

  it('asks nothing of pods for Windows', () => {
    expect(findingsOf(readOnlyRootFilesystem, [deploymentOf({}, { os: { name: 'windows' } })])).toEqual([]);
    expect(findingsOf(readOnlyRootFilesystem, [deploymentOf({}, { os: { name: 'linux' } })])).toHaveLength(1);
  });
});

describe('user-and-group-ids', () => {
  const problems = (pod: object, container: object, minimum?: number) =>
    findingsOf(
      userAndGroupIds,
      [deploymentOf({ securityContext: container }, { securityContext: pod })],
      minimum === undefined ? {} : { minimum },
    ).map(({ path, problem }) => `${path} ${problem}`);
  const pod = 'spec.template.spec.securityContext';
  const container = 'spec.template.spec.containers[0].securityContext';
  const missing = 'is missing, here and in the securityContext of the pod: it must be an integer of 10000 or more';

  it.each([
    ['of the container', {}, { runAsUser: 10_000, runAsGroup: 10_000 }],
    ['of the pod', { runAsUser: 65_532, runAsGroup: 65_534 }, {}],
    ['of both', { runAsUser: 10_001 }, { runAsGroup: 10_001 }],
  ])('takes the numbers %s', (_what, ofPod, ofContainer) => {
    expect(problems(ofPod, ofContainer)).toEqual([]);
  });

  it.each([
    [{}, {}, [`${container}.runAsUser ${missing}`, `${container}.runAsGroup ${missing}`]],
    [{ runAsUser: 10_001 }, { runAsUser: null }, [`${container}.runAsGroup ${missing}`]],
    [{ runAsUser: 9999, runAsGroup: 10_001 }, {}, [`${pod}.runAsUser is 9999: it must be an integer of 10000 or more`]],
    [
      { runAsUser: 10_001, runAsGroup: 10_001 },
      { runAsGroup: 0 },
      [`${container}.runAsGroup is 0: it must be an integer of 10000 or more`],
    ],
    [
      { runAsGroup: 10_001 },
      { runAsUser: '10001' },
      [`${container}.runAsUser is "10001": it must be an integer of 10000 or more`],
    ],
    [
      { runAsGroup: 10_001 },
      { runAsUser: 10_000.5 },
      [`${container}.runAsUser is 10000.5: it must be an integer of 10000 or more`],
    ],
  ])('finds what is wrong with %j of the pod and %j of the container', (ofPod, ofContainer, expected) => {
    expect(problems(ofPod, ofContainer)).toEqual(expected);
  });

  it('takes the lowest number of a configuration', () => {
    expect(problems({ runAsUser: 1000, runAsGroup: 999 }, {}, 1000)).toEqual([
      `${pod}.runAsGroup is 999: it must be an integer of 1000 or more`,
    ]);
  });

  it('asks nothing of pods for Windows', () => {
    expect(findingsOf(userAndGroupIds, [deploymentOf({}, { os: { name: 'windows' } })])).toEqual([]);
  });

  it('could not run where a preview cannot know the number of the pod', () => {
    const securityContext = { runAsUser: unknownText, runAsGroup: 10_001 };
    expect(findingsOf(userAndGroupIds, [deploymentOf({}, { securityContext })])).toMatchObject([
      { kind: 'unknown', path: `${pod}.runAsUser` },
    ]);
  });
});
