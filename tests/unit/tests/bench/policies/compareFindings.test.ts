import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../../policies/evaluation/evaluate.ts';
import type { Finding } from '../../../../../policies/evaluation/finding.ts';
import { defaultParameters } from '../../../../../policies/parameters.ts';
import { allRules } from '../../../../../policies/rules/allRules.ts';
import { parseManifest } from '../../../../../tools/policy/manifests/parseManifest.ts';
import { compareFindings, countResults, describeCompared } from '../../../../bench/policies/compareFindings.ts';
import type { KubeScoreFinding } from '../../../../bench/policies/kubeScore.ts';
import {
  comparedParameters,
  counterpartOf,
  counterparts,
  exceptions,
} from '../../../../bench/policies/kubeScoreChecks.ts';

const pod = (spec: string) => `{ apiVersion: v1, kind: Pod, metadata: { name: web, namespace: shop }, spec: ${spec} }`;
const says = (finding: Partial<KubeScoreFinding>): KubeScoreFinding => ({
  object: 'Pod/shop/web',
  check: 'container-resources',
  grade: 'CRITICAL',
  says: 'CPU limit is not set',
  ...finding,
});

function compare(yaml: string, ...theirs: readonly KubeScoreFinding[]) {
  const objects = parseManifest(yaml, 'web.yaml').objects.map(({ object }) => object);
  const settings = (rule: (typeof allRules)[number]) => ({
    level: 'advisory' as const,
    parameters: { ...defaultParameters(rule.parameters), ...comparedParameters[rule.name] },
    exemptions: [],
  });
  return compareFindings(theirs, evaluate(allRules, objects, settings, new Date(0)).findings, objects);
}

function resultsOf(yaml: string, ...theirs: readonly KubeScoreFinding[]) {
  return compare(yaml, ...theirs).compared.map(({ result }) => result);
}

describe('what kube-score says', () => {
  it('is found where a rule that stands for the check names the object, the container and the field', () => {
    const yaml = pod('{ containers: [{ name: a, resources: { limits: { cpu: 1 } } }, { name: b }] }');
    expect(resultsOf(yaml, says({ container: 'b' }))).toEqual(['found']);
    expect(resultsOf(yaml, says({ container: 'a' }))).toEqual(['missed']);
    expect(resultsOf(yaml, says({ container: 'a', says: 'CPU request is not set' }))).toEqual(['found']);
    expect(resultsOf(yaml, says({ container: 'b', object: 'Pod/other/web' }))).toEqual(['missed']);
  });

  it('of a container is found where the pack says it of the whole pod', () => {
    const yaml = pod('{ securityContext: { runAsUser: 5, runAsGroup: 20000 }, containers: [{ name: a }] }');
    const check = 'container-security-context-user-group-id';
    expect(
      resultsOf(
        yaml,
        says({ check, container: 'a', says: 'The container is running with a low user ID' }),
        says({ check, container: 'a', says: 'The container running with a low group ID' }),
      ),
    ).toEqual(['found', 'missed']);
  });

  it('of an object without a name is found too', () => {
    const yaml = '{ apiVersion: batch/v1, kind: Job, metadata: { generateName: web- }, spec: {} }';
    expect(resultsOf(yaml, says({ object: 'Job', says: 'No containers defined' }))).toEqual(['found']);
  });

  it('is missed where the table does not know the check', () => {
    const [unknown] = compare(pod('{}'), says({ check: 'new-check' })).compared;
    expect(unknown).toMatchObject({ counterpart: undefined, result: 'missed' });
  });

  it('is of another opinion where the table says so, of a check or of an object', () => {
    const windows = pod('{ os: { name: windows }, containers: [{ name: a }] }');
    const check = 'container-security-context-readonlyrootfilesystem';
    expect(resultsOf(windows, says({ check, container: 'a' }))).toEqual(['other opinion']);
    expect(resultsOf(windows, says({ check: 'container-image-pull-policy', container: 'a' }))).toEqual([
      'other opinion',
    ]);
    expect(resultsOf(windows.replace('windows', 'linux'), says({ check, container: 'a' }))).toEqual(['found']);
  });

  it('is counted by area and result, and told in one line', () => {
    const { compared } = compare(
      pod('{ containers: [{ name: a }] }'),
      says({ container: 'a' }),
      says({ check: 'new' }),
    );
    expect(countResults(compared, 'resources')).toEqual({ found: 1, missed: 0, 'other opinion': 0 });
    expect(countResults(compared, 'others')).toEqual({ found: 0, missed: 1, 'other opinion': 0 });
    expect(compared.map(describeCompared)).toEqual([
      'Pod/shop/web, container "a": container-resources (CRITICAL): CPU limit is not set',
      'Pod/shop/web: new (CRITICAL): CPU limit is not set',
    ]);
  });
});

it('what only the pack says is what answers nothing, by rules that stand for checks of the five areas', () => {
  const names = (findings: readonly Finding[]) => new Set(findings.map(({ rule, path }) => `${rule.name} ${path}`));
  const yaml = pod('{ containers: [{ name: a, image: "shop:latest" }] }');
  const alone = names(compare(yaml).oursOnly);
  expect(alone).toContain('container-resources spec.containers[0].resources.limits.cpu');
  expect([...alone].filter((name) => name.startsWith('image-tag'))).toEqual([]);
  const answered = names(compare(yaml, says({ container: 'a' })).oursOnly);
  expect([...alone].filter((name) => !answered.has(name))).toEqual([
    'container-resources spec.containers[0].resources.limits.cpu',
  ]);
});

describe('the table of checks', () => {
  it('names rules and parameters of the pack', () => {
    const known = new Map(allRules.map((rule) => [rule.name, Object.keys(rule.parameters)]));
    expect(counterparts.flatMap(({ rules }) => rules).filter((rule) => !known.has(rule))).toEqual([]);
    for (const [rule, parameters] of Object.entries(comparedParameters))
      expect(known.get(rule)).toEqual(expect.arrayContaining(Object.keys(parameters)));
  });

  it('says why, where no rule stands for a check', () => {
    expect(counterparts.filter(({ rules, reason }) => rules.length === 0 && reason === undefined)).toEqual([]);
    expect(
      exceptions.flatMap(({ checks }) => checks).every((check) => counterparts.some((one) => one.check === check)),
    ).toBe(true);
  });

  it('tells words of a check apart', () => {
    const check = 'pod-networkpolicy';
    expect(counterpartOf({ check, says: 'The pod does not have a matching egress NetworkPolicy' })?.rules).toEqual([
      'pod-egress-policy',
    ]);
    expect(counterpartOf({ check, says: 'Something else' })).toBeUndefined();
  });
});
