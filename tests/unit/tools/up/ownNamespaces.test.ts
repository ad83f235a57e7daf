import { expect, test } from 'vitest';
import { ForeignNamespaceError, NamespaceTakenError, requireOwn } from '../../../../tools/up/ownNamespaces.ts';

const enforce = 'pod-security.kubernetes.io/enforce';
const restricted = { [enforce]: 'restricted' };
const claim = { stack: 'staging', known: false, restricted: true };

function judge(labels: Record<string, string>, changes: Partial<typeof claim> = {}, foreign: string[] = []) {
  const namespace = { metadata: { name: 'tracing', labels }, foreign };
  return () => requireOwn('tracing', namespace, { ...claim, ...changes });
}

test.each([false, true])("another stack's namespace is refused, whether or not the state knows it (%s)", (known) => {
  const judged = judge({ 'tracewright.dev/stack': 'dev' }, { known });
  expect(judged).toThrow(NamespaceTakenError);
  expect(judged).toThrow('namespace tracing belongs to stack dev: stack staging needs one for itself');
});

test.each([
  [{ [enforce]: 'baseline' }, 'baseline'],
  [{ [enforce]: 'privileged' }, 'privileged'],
  [{}, 'privileged'],
])(
  "somebody else's namespace with the labels %j is refused: what there is, what is needed, what to do",
  (labels, level) => {
    expect(judge(labels)).toThrow(ForeignNamespaceError);
    expect(judge(labels)).toThrow(
      `namespace tracing is there already, and was not made by stack staging: it holds its pods to Pod Security "${level}" ` +
        '(label pod-security.kubernetes.io/enforce), and Jaeger needs "restricted".',
    );
    expect(judge(labels)).toThrow('(tracewright:namespace)');
    expect(judge(labels)).toThrow(
      'kubectl label --overwrite namespace tracing pod-security.kubernetes.io/enforce=restricted. Nothing was deployed.',
    );
  },
);

test('one that holds what is not of the stack is refused, however strict it is', () => {
  expect(judge(restricted, {}, ['pod shop-0', 'volume data'])).toThrow(
    "it holds what is not Jaeger's (pod shop-0, volume data). The stack",
  );
});

test.each([
  ['that was made for the stack, with what it needs', judge(restricted)],
  ['of the stack itself, however weak', judge({ 'tracewright.dev/stack': 'staging', [enforce]: 'baseline' })],
  ["of the stack's state that has lost its labels", judge({}, { known: true })],
  ['for agents with host ports, which cannot be restricted', judge({}, { restricted: false })],
])('a namespace %s is taken', (_what, judged) => {
  expect(judged).not.toThrow();
});
