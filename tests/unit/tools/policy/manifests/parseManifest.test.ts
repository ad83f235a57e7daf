import { expect, test } from 'vitest';
import { parseManifest } from '../../../../../tools/policy/manifests/parseManifest.ts';

/** Objects as `line identity`. */
function objectsOf(text: string): readonly string[] {
  return parseManifest(text, 'a.yaml').objects.map(({ object }) => {
    const line = 'line' in object.source ? object.source.line : 0;
    return `${line} ${object.identity}`;
  });
}

/** Problems as `line: message`. */
function problemsOf(text: string): readonly string[] {
  return parseManifest(text, 'a.yaml').problems.map(({ place, message }) => `${place.line ?? 0}: ${message}`);
}

const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: shop }\n';

test('every document is an object at its line', () => {
  expect(objectsOf(`# first\n${pod}---\n\n${pod.replace('shop', 'other')}---\n`)).toEqual([
    '2 Pod/shop',
    '7 Pod/other',
  ]);
});

test('entries of a list are objects at their lines, those of typed lists without a kind as well', () => {
  const list = `apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Pod
    metadata: { name: a }
  - apiVersion: apps/v1
    kind: DeploymentList
    items:
      - metadata: { name: b }
      - metadata: { name: c }
`;
  expect(objectsOf(list)).toEqual(['4 Pod/a', '7 Deployment/b', '7 Deployment/c']);
});

test('fields are found at their lines', () => {
  const list = `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Pod\n    spec:\n      containers:\n        - name: a\n          image: b\n`;
  const [found] = parseManifest(list, 'a.yaml').objects;
  expect(found?.lineOf('spec.containers[0].image')).toBe(9);
});

test('JSON is read as well', () => {
  expect(objectsOf('{\n\t"apiVersion": "v1",\n\t"kind": "Pod",\n\t"metadata": { "name": "shop" }\n}\n')).toEqual([
    '1 Pod/shop',
  ]);
});

test('aliases and merged mappings are resolved', () => {
  const text = 'apiVersion: v1\nkind: Pod\nx: &x { name: shop }\nmetadata:\n  <<: *x\n  namespace: a\n';
  expect(objectsOf(text)).toEqual(['1 Pod/a/shop']);
});

test.each<[string, unknown]>([
  ['yes', true],
  ['On', true],
  ['n', false],
  ['0644', 420],
  ['1_000', 1000],
  ['1:30', '1:30'],
  ['2001-01-01', '2001-01-01'],
  ['"yes"', 'yes'],
  ['!!str yes', 'yes'],
  ['!!binary bmdpbng=', 'nginx'],
])('%s is read as kubectl reads it, whatever version a directive names', (written, value) => {
  for (const directive of ['', '%YAML 1.2\n---\n']) {
    const { objects } = parseManifest(`${directive}kind: Pod\nfield: ${written}\n`, 'a.yaml');
    expect(objects.map(({ object }) => object.body)).toEqual([{ kind: 'Pod', field: value }]);
  }
});

test('what is no Kubernetes object is counted, and what is empty is not', () => {
  const { objects, others } = parseManifest(`a: 1\n---\n- b\n---\n# nothing\n---\n${pod}`, 'a.yaml');
  expect([objects.length, others]).toEqual([1, 2]);
});

test.each<[string, string, string]>([
  ['no YAML', 'a: "b\n', '2: is not YAML: Missing closing "quote'],
  ['a name that stands twice', 'a: 1\na: 2\n', '2: is not YAML: Map keys must be unique'],
  [
    'a template that is no YAML',
    'a: 1\n{{- if .Values.b }}\nb: 2\n{{- end }}\n',
    '2: is not YAML: Implicit keys need to be on a single line; it looks like a template: render it first (with Helm: `helm template`)',
  ],
  [
    'a template that is YAML by accident',
    'kind: Pod\nspec:\n  image: {{ .Values.image }}\n',
    '3: has a mapping for a name; it looks like a template: render it first (with Helm: `helm template`)',
  ],
  [
    'aliases that grow without end',
    'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c]\n',
    '1: cannot be read: Excessive alias count indicates a resource exhaustion attack',
  ],
])('%s is a problem with its line', (_what, text, problem) => expect(problemsOf(text)).toEqual([problem]));

test('a broken document hides no other', () => {
  const text = `${pod}---\na: {{ b }}\n---\n${pod.replace('shop', 'other')}`;
  expect([objectsOf(text), problemsOf(text).length]).toEqual([['1 Pod/shop', '7 Pod/other'], 1]);
});
