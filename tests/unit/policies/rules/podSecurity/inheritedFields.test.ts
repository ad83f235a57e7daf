import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../../../support/problemsOf.ts';
import { podOf, ruleNamed, unknownValue } from './workloadPods.ts';

/** Fields that a container may have from its pod, with a right and a wrong value. */
const fields = [
  ['run-as-non-root', 'runAsNonRoot', true, false, 'runAsNonRoot'],
  [
    'seccomp-restricted',
    'seccompProfile',
    { type: 'Localhost', localhostProfile: 'shop' },
    { type: 'Unconfined' },
    'seccompProfile.type',
  ],
] as const;
const lists = ['initContainers', 'containers', 'ephemeralContainers'] as const;

describe.each(fields)('%s', (rule, name, right, wrong, path) => {
  const context = (value: unknown) => (value === undefined ? {} : { securityContext: { [name]: value } });
  const found = (ofPod: unknown, ofContainers: readonly unknown[]) => {
    const containers = ofContainers.map((value, index) => [lists[index] ?? '', [context(value)]] as const);
    const object = podOf({ ...context(ofPod), ...Object.fromEntries(containers) });
    return findingsOf(ruleNamed(rule), [object]).map((finding) => [finding.kind, finding.path]);
  };
  const breach = (at: string, field: string) => ['breach', `spec.${at}securityContext.${field}`];
  const inEach = (field: string) => lists.map((list) => breach(`${list}[0].`, field));

  it('is kept by a pod, for every container that says nothing', () => {
    expect(found(right, [undefined, undefined, null])).toEqual([]);
  });

  it('is kept by every container, of a pod that says nothing', () => {
    expect(found(undefined, [right, right, right])).toEqual([]);
  });

  it('is broken by each container that says otherwise than its pod', () => {
    expect(found(right, [wrong, wrong, wrong])).toEqual(inEach(path));
  });

  it('is broken by each container, where neither it nor its pod says anything', () => {
    expect(found(undefined, [undefined, null, undefined])).toEqual(inEach(name));
    expect(found(null, [right, undefined, right])).toEqual([breach('containers[0].', name)]);
  });

  it('is broken once by a pod that says the wrong thing, whatever its containers say', () => {
    expect(found(wrong, [undefined, right, undefined])).toEqual([breach('', path)]);
  });

  it('is broken by the pod and by a container that both say the wrong thing', () => {
    expect(found(wrong, [right, wrong, right])).toEqual([breach('', path), breach('containers[0].', path)]);
  });

  it('cannot be asked of a pod that a preview does not know, which is said once', () => {
    const unknown = ['unknown', `spec.securityContext.${name}`];
    expect(found(unknownValue, [undefined, right, undefined])).toEqual([unknown]);
    expect(found(unknownValue, [undefined, wrong, undefined])).toEqual([unknown, breach('containers[0].', path)]);
  });

  it('cannot be asked of a container that a preview does not know, which hides no other', () => {
    const unknown = ['unknown', `spec.containers[0].securityContext.${name}`];
    expect(found(right, [wrong, unknownValue, wrong])).toEqual([
      breach('initContainers[0].', path),
      unknown,
      breach('ephemeralContainers[0].', path),
    ]);
  });
});
