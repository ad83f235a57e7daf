import { describe, expect, it } from 'vitest';
import { parseKubeScore } from '../../../../bench/policies/kubeScore.ts';

const comments = [{ path: 'shop', summary: 'CPU limit is not set', description: 'Set resources.limits.cpu' }];
const scored = (check: Readonly<Record<string, unknown>>, metadata: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify([
    {
      object_name: 'Deployment/apps/v1/shop/web',
      type_meta: { kind: 'Deployment', apiVersion: 'apps/v1' },
      object_meta: { name: 'web', namespace: 'shop', ...metadata },
      checks: [{ check: { id: 'container-resources' }, grade: 1, skipped: false, comments, ...check }],
      file_name: 'web.yaml',
    },
  ]);

describe("kube-score's answer", () => {
  const finding = {
    object: 'Deployment/shop/web',
    container: 'shop',
    check: 'container-resources',
    grade: 'CRITICAL',
    says: 'CPU limit is not set',
  };

  it('is read as what is said of each object', () => {
    expect(parseKubeScore(scored({}))).toEqual([finding]);
  });

  it.each([
    [1, ['CRITICAL']],
    [5, ['WARNING']],
    [7, []],
    [10, []],
  ])('of grade %i has %j', (grade, grades) => {
    expect(parseKubeScore(scored({ grade })).map((one) => one.grade)).toEqual(grades);
  });

  it('has a finding for each comment, of a container only where it names one', () => {
    const two = [...comments, { path: '', summary: 'No containers defined', description: '' }];
    const { container: _, ...bare } = { ...finding, says: 'No containers defined' };
    expect(parseKubeScore(scored({ comments: two }))).toEqual([finding, bare]);
  });

  it.each([
    ['a check that was left out', { skipped: true }],
    ['a check without comments', { comments: null }],
  ])('has nothing of %s', (_what, check) => {
    expect(parseKubeScore(scored(check))).toEqual([]);
  });

  it('names objects without a namespace, or a name, by what they have', () => {
    const nameless = { name: undefined, namespace: undefined };
    expect(parseKubeScore(scored({}, nameless)).map(({ object }) => object)).toEqual(['Deployment']);
  });

  it('is empty where there is no object that it knows', () => {
    expect(parseKubeScore('null')).toEqual([]);
  });
});
