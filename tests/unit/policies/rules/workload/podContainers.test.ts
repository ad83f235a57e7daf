import { describe, expect, it } from 'vitest';
import { podContainers } from '../../../../../policies/rules/workload/podContainers.ts';
import { declared, podKinds, podsOfKind, saidOf } from '../../support/declared.ts';

describe('pod-containers', () => {
  it.each(podKinds)('asks a %s of %s for a container', (kind) => {
    expect(saidOf(podContainers, podsOfKind(kind, { spec: { initContainers: [{ name: 'wait' }] } }))).toHaveLength(1);
    expect(saidOf(podContainers, podsOfKind(kind, { spec: { containers: [{ name: 'shop' }] } }))).toEqual([]);
  });

  it('says where they are missing, where there is no template either', () => {
    expect(saidOf(podContainers, declared('apps/v1', 'Deployment', {}))).toEqual([
      'spec.template.spec.containers has no entry: it must have one or more',
    ]);
  });

  it('has nothing to say of what makes no pods', () => {
    expect(saidOf(podContainers, declared('v1', 'Service', {}))).toEqual([]);
  });
});
