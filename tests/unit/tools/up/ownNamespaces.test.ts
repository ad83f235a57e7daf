import { expect, test } from 'vitest';
import { NamespaceTakenError, requireOwn } from '../../../../tools/up/ownNamespaces.ts';

const labelled = (labels: Record<string, string>) => ({ metadata: { name: 'tracing', labels } });

test("another stack's namespace is refused, naming the owner and what to do", () => {
  const judge = (): void => requireOwn('tracing', labelled({ 'tracewright.dev/stack': 'dev' }), 'staging');
  expect(judge).toThrow(NamespaceTakenError);
  expect(judge).toThrow('namespace tracing belongs to stack dev: stack staging needs one for itself');
});

test.each([
  ['that is not there', undefined],
  ['of the stack itself', labelled({ 'tracewright.dev/stack': 'staging' })],
  ['without an owner', labelled({})],
])('a namespace %s is taken', (_what, namespace) => {
  expect(() => requireOwn('tracing', namespace, 'staging')).not.toThrow();
});
