import { expect, test } from 'vitest';
import { ForeignNamespaceError, NamespaceTakenError, requireOwn } from '../../../../tools/up/ownNamespaces.ts';

const labelled = (labels: Record<string, string>) => ({ metadata: { name: 'tracing', labels } });
const enforce = 'pod-security.kubernetes.io/enforce';

function judge(labels: Record<string, string>, known = false): () => void {
  return () => requireOwn('tracing', labelled(labels), { stack: 'staging', known });
}

test("another stack's namespace is refused, naming the owner and what to do", () => {
  expect(judge({ 'tracewright.dev/stack': 'dev' })).toThrow(NamespaceTakenError);
  expect(judge({ 'tracewright.dev/stack': 'dev' })).toThrow(
    'namespace tracing belongs to stack dev: stack staging needs one for itself',
  );
});

test.each([
  [{ [enforce]: 'baseline' }, '"baseline"'],
  [{ [enforce]: 'restricted' }, '"restricted"'],
  [{}, '"privileged"'],
])(
  "somebody else's namespace with the labels %j is refused: what there is, what is needed, what to do",
  (labels, level) => {
    expect(judge(labels)).toThrow(ForeignNamespaceError);
    expect(judge(labels)).toThrow(
      `It holds its pods to Pod Security ${level} and lacks the label tracewright.dev/stack;`,
    );
    expect(judge(labels)).toThrow('(tracewright:namespace)');
    expect(judge(labels)).toThrow('kubectl label namespace tracing tracewright.dev/stack=staging');
  },
);

test('a namespace of the stack itself is taken, and one of its state that has lost its label', () => {
  expect(judge({ 'tracewright.dev/stack': 'staging', [enforce]: 'baseline' })).not.toThrow();
  expect(judge({}, true)).not.toThrow();
});

test("another stack's namespace is refused though the state knows it", () => {
  expect(judge({ 'tracewright.dev/stack': 'dev' }, true)).toThrow(NamespaceTakenError);
});
