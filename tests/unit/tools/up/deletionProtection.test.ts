import { expect, test } from 'vitest';
import { ProtectedStackError, requireDeletable } from '../../../../tools/up/deletionProtection.ts';

const dev = { stack: 'dev', protectedResources: [] };
const prod = { stack: 'prod', protectedResources: ['Namespace tracing', 'StatefulSet tracing-elasticsearch'] };
const staging = { stack: 'staging', protectedResources: ['Namespace staging'] };

test('what nothing protects may go, and what is protected where it is named', () => {
  expect(() => requireDeletable([dev], [])).not.toThrow();
  expect(() => requireDeletable([dev, prod], ['prod'])).not.toThrow();
  expect(() => requireDeletable([dev, prod, staging], ['staging', 'prod'])).not.toThrow();
});

test('a protected stack is refused with what would be lost and the way to lose it', () => {
  const remove = (): void => requireDeletable([dev, prod, staging], ['dev']);
  expect(remove).toThrow(ProtectedStackError);
  expect(remove).toThrow(
    'deletion protection keeps what would be removed with all its data:\n' +
      '  prod: Namespace tracing, StatefulSet tracing-elasticsearch\n' +
      '  staging: Namespace staging\n' +
      'To delete the data as well, name each stack: --delete-data prod --delete-data staging. Nothing was removed.',
  );
});

test.each([
  [[dev, prod], '--delete-data: "prdo" is not what would be removed; allowed: dev, prod'],
  [[], '--delete-data: "prdo" is not what would be removed; allowed: none: nothing is deployed'],
])('a name that is not among them is refused, lest it be a slip', (stacks, message) => {
  expect(() => requireDeletable(stacks, ['prdo'])).toThrow(message);
});
