import { describe, expect, it } from 'vitest';
import { controlPlaneTolerations } from '../../../../../policies/rules/workload/controlPlaneTolerations.ts';
import { defaultServiceAccount } from '../../../../../policies/rules/workload/defaultServiceAccount.ts';
import { hostAliases } from '../../../../../policies/rules/workload/hostAliases.ts';
import { pinnedNode } from '../../../../../policies/rules/workload/pinnedNode.ts';
import { priorityClass } from '../../../../../policies/rules/workload/priorityClass.ts';
import { serviceAccountToken } from '../../../../../policies/rules/workload/serviceAccountToken.ts';
import { serviceLinks } from '../../../../../policies/rules/workload/serviceLinks.ts';
import { sharedProcessNamespace } from '../../../../../policies/rules/workload/sharedProcessNamespace.ts';
import { systemPriority } from '../../../../../policies/rules/workload/systemPriority.ts';
import type { Rule } from '../../../../../policies/rule.ts';
import { problemsOf } from '../../../../support/problemsOf.ts';
import { declared, podKinds, podsOfKind, saidOf, unknownText } from '../../support/declared.ts';

interface Case {
  readonly rule: Rule;
  readonly field: string;
  readonly must: string;
  readonly right: readonly unknown[];
  readonly wrong: readonly unknown[];
}

const missing = undefined;
const cases: readonly Case[] = [
  {
    rule: serviceAccountToken,
    field: 'automountServiceAccountToken',
    must: 'be false',
    right: [false],
    wrong: [missing, null, true, 'false'],
  },
  { rule: serviceLinks, field: 'enableServiceLinks', must: 'be false', right: [false], wrong: [missing, null, true] },
  {
    rule: priorityClass,
    field: 'priorityClassName',
    must: 'name a PriorityClass',
    right: ['low'],
    wrong: [missing, null, '', 7],
  },
  {
    rule: sharedProcessNamespace,
    field: 'shareProcessNamespace',
    must: 'not be true',
    right: [missing, null, false],
    wrong: [true],
  },
  { rule: pinnedNode, field: 'nodeName', must: 'not be set', right: [missing, null, ''], wrong: ['node-1'] },
  {
    rule: hostAliases,
    field: 'hostAliases',
    must: 'not be set',
    right: [missing, null, [], {}],
    wrong: [[{ ip: '10.0.0.7' }]],
  },
];

describe.each(cases.map((one) => [one.rule.name, one] as const))('%s', (_name, { rule, field, must, right, wrong }) => {
  it.each(right.map((value) => [value]))('takes %j', (value) => {
    expect(saidOf(rule, podsOfKind('Pod', { spec: { [field]: value } }))).toEqual([]);
  });

  it.each(wrong.map((value) => [value]))('refuses %j', (value) => {
    const state = value === undefined || value === null ? 'is missing' : `is ${JSON.stringify(value)}`;
    const said = saidOf(rule, podsOfKind('Pod', { spec: { [field]: value } }));
    expect(said).toEqual([`spec.${field} ${state}: it must ${must}`]);
  });

  it.each(podKinds)('looks at the pods of a %s', (kind, _version, template) => {
    const said = saidOf(rule, podsOfKind(kind, { spec: { [field]: wrong.at(-1) } }));
    expect(said).toEqual([expect.stringMatching(`^${template}spec\\.${field} `)]);
  });

  it('says nothing of an object that makes no pods', () => {
    expect(saidOf(rule, declared('v1', 'Service', { spec: {} }))).toEqual([]);
  });

  it('could not run where a preview does not know the field', () => {
    const said = saidOf(rule, podsOfKind('Pod', { spec: { [field]: unknownText } }));
    expect(said).toEqual([expect.stringMatching(`^unknown: spec\\.${field} is known only after the deployment`)]);
  });
});

describe('service-account-token', () => {
  const pods = (spec: unknown) => podsOfKind('Deployment', { spec });

  it.each([{ serviceAccountName: 'operator' }, { serviceAccount: 'operator' }])(
    'lets pods of %j have one that may',
    (spec) => {
      expect(saidOf(serviceAccountToken, pods(spec), { serviceAccounts: ['operator'] })).toEqual([]);
    },
  );

  it.each([{}, { serviceAccountName: 'default' }, { serviceAccountName: '' }])(
    'takes pods of %j for those of "default"',
    (spec) => {
      expect(saidOf(serviceAccountToken, pods(spec), { serviceAccounts: ['default'] })).toEqual([]);
      expect(saidOf(serviceAccountToken, pods(spec), { serviceAccounts: ['operator'] })).toHaveLength(1);
    },
  );
});

describe('default-service-account', () => {
  it.each([{ serviceAccountName: 'shop' }, { serviceAccount: 'shop' }])('takes %j', (spec) => {
    expect(saidOf(defaultServiceAccount, podsOfKind('Job', { spec }))).toEqual([]);
  });

  it.each([
    [{}, 'is missing, so that it is "default"'],
    [{ serviceAccountName: '' }, 'is missing, so that it is "default"'],
    [{ serviceAccountName: null }, 'is missing, so that it is "default"'],
    [{ serviceAccountName: 'default' }, 'is "default"'],
    [{ serviceAccount: 'default' }, 'is "default"'],
  ])('refuses %j', (spec, state) => {
    expect(saidOf(defaultServiceAccount, podsOfKind('Job', { spec }))).toEqual([
      `spec.template.spec.serviceAccountName ${state}: it must name another ServiceAccount`,
    ]);
  });
});

describe('system-priority', () => {
  const pods = (namespace: string | undefined, priorityClassName: unknown) =>
    podsOfKind('DaemonSet', { spec: { priorityClassName } }, namespace === undefined ? {} : { namespace });

  it.each([
    ['kube-system', 'system-node-critical'],
    ['shop', 'business'],
    ['shop', undefined],
    [undefined, 'system-node-critical'],
  ])('takes, in the namespace %s, the class %s', (namespace, name) => {
    expect(saidOf(systemPriority, pods(namespace, name))).toEqual([]);
  });

  it('refuses a class of the system elsewhere', () => {
    expect(
      saidOf(systemPriority, pods('shop', 'system-cluster-critical'), { namespaces: ['kube-system', 'cni'] }),
    ).toEqual([
      'spec.template.spec.priorityClassName is "system-cluster-critical": it must not start with "system-" outside of kube-system, cni',
    ]);
  });
});

describe('control-plane-tolerations', () => {
  const said = (toleration: unknown, kind = 'Deployment') =>
    saidOf(controlPlaneTolerations, podsOfKind(kind, { spec: { tolerations: [{ key: 'spot' }, toleration] } }));

  it.each([
    [
      { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' },
      'tolerates "node-role.kubernetes.io/control-plane"',
    ],
    [{ key: 'node-role.kubernetes.io/master', operator: 'Exists' }, 'tolerates "node-role.kubernetes.io/master"'],
    [{ operator: 'Exists' }, 'tolerates every taint'],
    [{ key: '', operator: 'Exists', effect: 'NoSchedule' }, 'tolerates every taint'],
  ])('refuses %j', (toleration, state) => {
    expect(said(toleration)).toEqual([
      `spec.template.spec.tolerations[1] ${state}: it must not tolerate those of control plane nodes`,
    ]);
    expect(said(toleration, 'DaemonSet')).toEqual([]);
  });

  it.each([{ key: 'gpu', operator: 'Exists' }, { key: '', operator: 'Equal' }, {}, null])('takes %j', (toleration) => {
    expect(said(toleration)).toEqual([]);
  });
});

it('a problem says the object, the field, what is wrong and how it would be right', () => {
  expect(problemsOf(serviceLinks, [podsOfKind('CronJob', { spec: {} }, { namespace: 'shop' })])).toEqual([
    'CronJob/shop/shop: spec.jobTemplate.spec.template.spec.enableServiceLinks is missing: it must be false. Fix: enableServiceLinks: false',
  ]);
});
