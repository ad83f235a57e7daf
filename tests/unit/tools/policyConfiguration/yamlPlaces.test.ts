import { LineCounter, parseDocument } from 'yaml';
import { expect, test } from 'vitest';
import { YamlPlaces } from '../../../../tools/policyConfiguration/yamlPlaces.ts';

const text = `# a comment
metadata:
  labels:
    app: shop
    app.kubernetes.io/name: shop
    app.kubernetes.io: other
spec:
  containers:
    - name: one
      image: a
    - name: two
      ports:
        - containerPort: 80
  shared: &shared
    cpu: 1
  again: *shared
  empty:
`;

function places(): YamlPlaces {
  const lines = new LineCounter();
  return new YamlPlaces(parseDocument(text, { lineCounter: lines }), lines);
}

test.each<[string, number]>([
  ['', 2],
  ['metadata', 2],
  ['metadata.labels.app', 4],
  ['metadata.labels.app.kubernetes.io/name', 5],
  ['metadata.labels.app.kubernetes.io', 6],
  ['spec.containers[0].image', 10],
  ['spec.containers[1]', 11],
  ['spec.containers[1].ports[0].containerPort', 13],
  ['spec.again.cpu', 15],
  ['spec.empty', 17],
])('the line of %s is %i', (field, line) => {
  expect(places().lineOfField(field)).toBe(line);
});

test.each<[string, number]>([
  ['spec.containers[0].resources.limits.cpu', 9],
  ['spec.containers[7].image', 8],
  ['spec.empty.field', 17],
  ['status', 2],
  ['spec.containers[1].ports[0].containerPort, spec.containers[0].image', 13],
])('a field that is not there, or one of several, is at the last thing on the way to it: %s', (field, line) => {
  expect(places().lineOfField(field)).toBe(line);
});

test('a field is looked for from an object inside of the document', () => {
  expect(places().lineOfField('ports[0]', ['spec', 'containers', 1])).toBe(13);
});

test('a document with nothing in it begins in its first line', () => {
  const lines = new LineCounter();
  expect(new YamlPlaces(parseDocument('', { lineCounter: lines }), lines).lineOf(['a'])).toBe(1);
});
