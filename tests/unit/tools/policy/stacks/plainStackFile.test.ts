import { expect, test } from 'vitest';
import { plainStackFile } from '../../../../../tools/policy/stacks/plainStackFile.ts';

function plain(text: string): string {
  return plainStackFile(text, 'Pulumi.prod.yaml', 'prod');
}

test('what belongs to the secrets of a backend is left out, and all else stays', () => {
  const text =
    'secretsprovider: awskms://alias/x\nencryptedkey: abc\nencryptionsalt: v1:x\nconfig:\n  # why\n  a:b: c\n';
  expect(plain(text)).toBe('config:\n  # why\n  a:b: c\n');
});

test.each([
  ['a key', 'config:\n  tracewright:password:\n    secure: v1:abc\n', 'tracewright:password is encrypted'],
  [
    'a part of a key',
    'config:\n  tracewright:storage:\n    users:\n      - password: { secure: v1:abc }\n',
    'tracewright:storage.users[0].password is encrypted',
  ],
  [
    'an environment of Pulumi Cloud',
    'environment: [prod]\nconfig: {}\n',
    '"environment" takes values from Pulumi Cloud',
  ],
])('%s that needs credentials is refused', (_what, text, problem) => {
  expect(() => plain(text)).toThrow(`Pulumi.prod.yaml cannot be previewed without credentials: ${problem}. `);
  expect(() => plain(text)).toThrow('`npm run preview -- --stack prod`, which asks the same rules.');
});

test('everything that needs credentials is named at once', () => {
  expect(() => plain('config:\n  a: { secure: x }\n  b: { secure: y }\n')).toThrow('a is encrypted; b is encrypted.');
});

test.each(['', 'config:\n', '# nothing\n', 'config:\n  a: { secure: { b: c } }\n'])('%j holds no secret', (text) => {
  expect(() => plain(text)).not.toThrow();
});
