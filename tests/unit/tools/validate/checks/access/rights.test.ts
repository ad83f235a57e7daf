import { expect, test } from 'vitest';
import { rightsIn } from '../../../../../../tools/validate/checks/access/accessTried.ts';
import { attemptsIn } from '../../../../../../tools/validate/checks/access/attempts.ts';
import {
  judgeAttempts,
  judgeRights,
  type Judged,
  type Tried,
} from '../../../../../../tools/validate/checks/access/judgeRights.ts';
import {
  isAllowed,
  rightsBeyond,
  rightsInWords,
  rightsOf,
} from '../../../../../../tools/validate/checks/access/rights.ts';

test('rules are rights, one by one', () => {
  const rules = [
    { apiGroups: ['', 'apps'], resources: ['pods', 'deployments/scale'], verbs: ['get'] },
    { apiGroups: [''], resources: ['secrets'], verbs: ['list'], resourceNames: ['b', 'a'] },
    { nonResourceURLs: ['/metrics'], verbs: ['get'] },
    'no rule',
  ];
  expect([...rightsOf(rules)]).toEqual([
    'get pods',
    'get deployments/scale',
    'get pods.apps',
    'get deployments.apps/scale',
    'list secrets (only a, b)',
    'get /metrics',
  ]);
  expect([...rightsOf(undefined)]).toEqual([]);
});

test.each([
  ['get pods', 'get pods', true],
  ['get pods', '* pods', true],
  ['get pods', 'get *', true],
  ['get pods', '* *.*', true],
  ['get pods/log', 'get *', true],
  ['patch deployments.apps/scale', 'patch *.apps', true],
  ['patch deployments.apps/scale', 'patch *.apps/scale', true],
  ['patch deployments.apps', 'patch deployments.*', true],
  ['list secrets (only a)', 'list secrets', true],
  ['get pods', 'list pods', false],
  ['get pods', 'get pods/log', false],
  ['get pods/log', 'get pods', false],
  ['get pods', 'get *.apps', false],
  ['list secrets', 'list secrets (only a)', false],
])('whether %s is given by %s', (right, given, allowed) => {
  expect(isAllowed(right, new Set([given]))).toBe(allowed);
  expect(rightsBeyond(new Set([right]), new Set([given]))).toEqual(allowed ? [] : [right]);
});

test('of many rights some are told, and how many more', () => {
  expect(rightsInWords(['a', 'b'])).toBe('a, b');
  expect(rightsInWords(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])).toBe('a, b, c, d, e, f and 2 more');
});

const account: Judged = { subject: 'ServiceAccount tracing/a', rights: new Set(), own: true };
const viewers: Judged = { subject: 'Group viewers', rights: new Set(['list pods', 'get pods']), own: false };
const asking = [
  'create selfsubjectaccessreviews.authorization.k8s.io',
  'create selfsubjectrulesreviews.authorization.k8s.io',
  'create selfsubjectreviews.authentication.k8s.io',
];

test.each<[string, Judged, readonly string[], string, string]>([
  ['an account that may only ask', account, asking, 'ok', 'may nothing'],
  ['an account that may more', account, [...asking, 'list secrets'], 'failed', 'may also list secrets'],
  ['an account that may everything', account, ['* *.*'], 'failed', 'may also * *.*'],
  [
    'an account with a role',
    account,
    ['bind roles.rbac.authorization.k8s.io'],
    'failed',
    'may also bind roles.rbac.authorization.k8s.io',
  ],
  [
    'an account with what the cluster gives to all',
    account,
    ['use x.example.com'],
    'warning',
    'may also use x.example.com',
  ],
  ['viewers who may look', viewers, ['list pods', 'get pods'], 'ok', 'may 2 things, and nothing else'],
  ['viewers who may not', viewers, ['list pods'], 'failed', 'may not get pods'],
])('%s is judged so', (_, judged, has, outcome, found) => {
  expect(judgeRights(judged, 'tracing', { rights: new Set(has), isIncomplete: false })).toMatchObject([
    { outcome, subject: `${judged.subject} in tracing`, found },
  ]);
});

test.each<[Judged, readonly string[], string, string]>([
  [account, [], 'warning', 'may nothing, by a list that the API server itself calls incomplete'],
  [account, ['list secrets'], 'failed', 'may also list secrets, by a list that the API server itself calls incomplete'],
])('a list that is incomplete by its own word says nothing for sure %#', async (judged, has, outcome, found) => {
  const rules = has.map((right) => ({
    verbs: [right.split(' ')[0]],
    apiGroups: [''],
    resources: [right.split(' ')[1]],
  }));
  const body = JSON.stringify({ status: { resourceRules: rules, nonResourceRules: [], incomplete: true } });
  const client = { ask: () => Promise.resolve({ status: 201, body }) };
  const listed = await rightsIn(client, 'tracing', new AbortController().signal);
  expect(judgeRights(judged, 'tracing', listed)).toMatchObject([{ outcome, found }]);
});

const denied = '{"message":"secrets is forbidden: User \\"a\\" cannot list resource \\"secrets\\" in API group"}';
const tried = (right: string, namespace: string, status: number, body = ''): Tried => ({
  attempt: { right, namespace, request: { path: '/' } },
  status,
  body,
});

test.each<[string, Judged, Tried, string, string]>([
  [
    'refused as it should',
    account,
    tried('list secrets', 'tracing', 403, denied),
    'ok',
    '0 requests allowed, 1 refused',
  ],
  ['let in as it should', viewers, tried('list pods', 'tracing', 200), 'ok', '1 requests allowed, 0 refused'],
  ['let in, and there is none', account, tried('get secrets', 'tracing', 404), 'failed', 'allowed (404)'],
  [
    'let in, and refused by admission',
    account,
    tried('create pods', 'tracing', 403, 'exceeded quota'),
    'failed',
    'allowed (403)',
  ],
  ['refused what it may', viewers, tried('list pods', 'tracing', 403, denied), 'failed', 'refused (403)'],
  ['not known', account, tried('list pods', 'tracing', 401), 'unchecked', 'the API server answered 401'],
  ['let in elsewhere, as an account', account, tried('list pods', 'kube-system', 200), 'failed', 'allowed (200)'],
  ['let in elsewhere, as people', viewers, tried('list pods', 'kube-system', 200), 'warning', 'allowed (200)'],
])('who is %s is judged so', (_, judged, answer, outcome, found) => {
  expect(judgeAttempts(judged, ['tracing'], [answer])).toMatchObject([{ outcome, found }]);
});

test('what is tried changes nothing: each change is for dry, of what is not there, or does not open what it asks for', () => {
  const changing = attemptsIn('tracing', 'kube-system').filter(({ request: { method = 'GET' } }) => method !== 'GET');
  expect(changing.length).toBeGreaterThan(8);
  const real = changing.filter(({ request }) => !request.path.endsWith('?dryRun=All'));
  expect(real.map(({ right, request }) => [right, request.path, request.upgrade])).toEqual([
    [
      'create pods/exec',
      '/api/v1/namespaces/tracing/pods/tracewright-validate-none/exec?command=true&stdout=true',
      undefined,
    ],
  ]);
});
