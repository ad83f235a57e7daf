import { expect, test } from 'vitest';
import { differences } from '../../../../../../../tools/validate/checks/objects/drift/differences.ts';

const secret = {
  '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
  ciphertext: 'AAABAD',
};

const declared = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'jaeger-query', namespace: 'tracing', labels: { 'app.kubernetes.io/name': 'jaeger-query' } },
  spec: {
    replicas: 2,
    selector: { matchLabels: { 'app.kubernetes.io/name': 'jaeger-query' } },
    template: {
      spec: {
        automountServiceAccountToken: false,
        hostNetwork: false,
        containers: [
          {
            name: 'jaeger-query',
            image: 'jaegertracing/jaeger-query:1.50.0',
            args: [],
            env: [
              { name: 'ES_INDEX_PREFIX', value: 'tracewright.dev' },
              { name: 'ES_PASSWORD', valueFrom: { secretKeyRef: { name: 'elastic', key: 'password' } } },
            ],
            ports: [
              { name: 'http', containerPort: 16686 },
              { name: 'admin', containerPort: 16687 },
            ],
            resources: { limits: { cpu: '1000m', memory: '512Mi' }, requests: { cpu: '0.1', memory: '128Mi' } },
            readinessProbe: { httpGet: { path: '/', port: 'admin' } },
          },
        ],
      },
    },
  },
};

type Mutable = Record<string, never> & typeof declared;

/** What the API server makes of it, with one change. */
function live(change: (object: Mutable) => void = () => undefined): unknown {
  const object = structuredClone(declared) as Mutable;
  const [container] = object.spec.template.spec.containers;
  Object.assign(object.metadata, {
    uid: 'a',
    resourceVersion: '4',
    annotations: { 'deployment.kubernetes.io/revision': '1' },
  });
  Object.assign(object, { status: { readyReplicas: 2 } });
  Object.assign(object.spec, { progressDeadlineSeconds: 600 });
  Reflect.deleteProperty(object.spec.template.spec, 'hostNetwork');
  if (container === undefined) throw new Error('the fixture has a container');
  Reflect.deleteProperty(container, 'args');
  container.resources.limits.cpu = '1';
  container.resources.requests.cpu = '100m';
  container.ports.reverse();
  container.env.reverse();
  Object.assign(container.readinessProbe.httpGet, { scheme: 'HTTP' });
  change(object);
  return object;
}

const path = 'spec.template.spec.containers[jaeger-query]';

test('what the API server fills in, writes in another form, leaves out or orders anew is no difference', () => {
  expect(differences(declared, live())).toEqual([]);
});

test.each<[string, (object: Mutable) => void, { path: string; expected: string; found: string }]>([
  ['a number', (object) => (object.spec.replicas = 3), { path: 'spec.replicas', expected: '2', found: '3' }],
  [
    'a variable',
    (object) => Object.assign(first(object).env.at(-1) ?? {}, { value: 'tracewright.prod' }),
    { path: `${path}.env[ES_INDEX_PREFIX].value`, expected: '"tracewright.dev"', found: '"tracewright.prod"' },
  ],
  [
    'a variable more',
    (object) => first(object).env.push({ name: 'LOG_LEVEL', value: 'debug' }),
    { path: `${path}.env[LOG_LEVEL]`, expected: 'nothing', found: '{"name":"LOG_LEVEL"}' },
  ],
  [
    'a limit that is gone',
    (object) => Reflect.deleteProperty(first(object).resources.limits, 'memory'),
    { path: `${path}.resources.limits.memory`, expected: '"512Mi"', found: 'nothing' },
  ],
  [
    'another amount',
    (object) => (first(object).resources.limits.cpu = '2'),
    { path: `${path}.resources.limits.cpu`, expected: '"1000m"', found: '"2"' },
  ],
  [
    'a port more',
    (object) => first(object).ports.push({ name: 'debug', containerPort: 6060 }),
    { path: `${path}.ports[debug]`, expected: 'nothing', found: '{"name":"debug","containerPort":6060}' },
  ],
  [
    'a switch whose absence says the opposite',
    (object) => Reflect.deleteProperty(object.spec.template.spec, 'automountServiceAccountToken'),
    { path: 'spec.template.spec.automountServiceAccountToken', expected: 'false', found: 'nothing' },
  ],
  [
    'a label of a selector more',
    (object) => Object.assign(object.spec.selector.matchLabels, { tier: 'x' }),
    { path: 'spec.selector.matchLabels.tier', expected: 'nothing', found: '"x"' },
  ],
])('%s that is not as declared is told with its path', (_, change, difference) => {
  expect(differences(declared, live(change))).toEqual([difference]);
});

function first(object: Mutable): (typeof declared)['spec']['template']['spec']['containers'][0] & {
  env: { name: string; value?: string }[];
} {
  const [container] = object.spec.template.spec.containers;
  if (container === undefined) throw new Error('the fixture has a container');
  return container;
}

test('a variable that was taken from a Secret and is written out now is told without its value', () => {
  const found = differences(
    declared,
    live((object) => first(object).env.splice(0, 1, { name: 'ES_PASSWORD', value: 'hunter2' })),
  );
  expect(found.map((difference) => difference.path)).toEqual([`${path}.env[ES_PASSWORD].valueFrom`]);
  expect(JSON.stringify(found)).not.toContain('hunter2');
});

test('a variable with the name of a secret is told without its values, and another with them', () => {
  const env = (name: string, value: string) => ({ env: [{ name, value }] });
  expect(differences(env('PROXY_TOKEN', 'hunter2'), env('PROXY_TOKEN', 'hunter3'))).toEqual([
    { path: 'env[PROXY_TOKEN].value', expected: 'a value that is not told', found: 'a value that is not told' },
  ]);
  expect(differences(env('ES_TIMEOUT', '30s'), env('ES_TIMEOUT', '1s'))).toEqual([
    { path: 'env[ES_TIMEOUT].value', expected: '"30s"', found: '"1s"' },
  ]);
});

test('a secret of the state is only looked for, and what is hidden is told without values', () => {
  const manifest = { kind: 'Secret', type: 'Opaque', data: { password: secret } };
  expect(
    differences(manifest, { kind: 'Secret', type: 'Opaque', data: { password: 'eA==' } }, { hidden: true }),
  ).toEqual([]);
  expect(differences(manifest, { kind: 'Secret', type: 'Opaque', data: { other: 'eA==' } }, { hidden: true })).toEqual([
    { path: 'data.password', expected: 'a value that is not told', found: 'nothing' },
    { path: 'data.other', expected: 'nothing', found: 'a value that is not told' },
  ]);
});

test('a rule more in a Role or a NetworkPolicy is a difference, and the order of verbs is none', () => {
  const rule = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] };
  expect(differences({ rules: [rule] }, { rules: [{ ...rule, verbs: ['list', 'get'] }] })).toEqual([]);
  expect(differences({ rules: [rule] }, { rules: [{ ...rule, verbs: ['get', 'list', 'delete'] }] })).toEqual([
    { path: 'rules[0].verbs[delete]', expected: 'nothing', found: '"delete"' },
  ]);
  expect(differences({ spec: { ingress: [] } }, { spec: { ingress: [{}] } })).toEqual([
    { path: 'spec.ingress[0]', expected: 'nothing', found: '{}' },
  ]);
  expect(differences({ spec: { ingress: [] } }, { spec: {} })).toEqual([]);
});

test('the order of arguments counts', () => {
  expect(differences({ args: ['a', 'b'] }, { args: ['b', 'a'] }).map((each) => each.path)).toEqual([
    'args[0]',
    'args[1]',
  ]);
});

test('of long texts, the place where they part is told', () => {
  const text = 'x'.repeat(200);
  const [difference] = differences({ data: { rules: `${text}1` } }, { data: { rules: `${text}2` } });
  expect(difference).toEqual({
    path: 'data.rules',
    expected: `…"${'x'.repeat(20)}1" (at character 201)`,
    found: `…"${'x'.repeat(20)}2" (at character 201)`,
  });
});

test('in pods, what admission adds is no difference, and what is missing is one', () => {
  const wanted = { volumes: [{ name: 'sampling' }], containers: [{ name: 'one', image: 'a' }] };
  const pod = {
    volumes: [{ name: 'sampling' }, { name: 'kube-api-access' }],
    containers: [
      { name: 'one', image: 'a' },
      { name: 'sidecar', image: 'b' },
    ],
  };
  expect(differences(wanted, pod, { more: true })).toEqual([]);
  expect(differences(wanted, { ...pod, volumes: [] }, { more: true })).toEqual([
    { path: 'volumes[sampling]', expected: '{"name":"sampling"}', found: 'nothing' },
  ]);
});
