import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  devPassphrase,
  MissingPassphraseError,
  ownBackend,
  requirePassphrase,
} from '../../../../tools/stack/backend.ts';

const directory = mkdtempSync(join(tmpdir(), 'tracewright-backend-'));
const empty = join(directory, 'empty');
const full = join(directory, 'full');
writeFileSync(empty, '\n');
writeFileSync(full, 'secret\n');

test.each([
  ['no variable', {}],
  ['an empty one, as a missing CI secret leaves', { PULUMI_CONFIG_PASSPHRASE: '' }],
  ['a file that is not there', { PULUMI_CONFIG_PASSPHRASE_FILE: join(directory, 'nowhere') }],
  ['an empty file', { PULUMI_CONFIG_PASSPHRASE_FILE: empty }],
])('a stack other than dev is refused with %s', (_what, environment) => {
  expect(() => requirePassphrase('prod', environment)).toThrow(MissingPassphraseError);
  expect(() => requirePassphrase('dev', environment)).not.toThrow();
});

test.each([{ PULUMI_CONFIG_PASSPHRASE: 'secret' }, { PULUMI_CONFIG_PASSPHRASE_FILE: full }])(
  'a stack other than dev is taken with %j',
  (environment) => {
    expect(() => requirePassphrase('prod', environment)).not.toThrow();
  },
);

test("dev gets the documented passphrase, unless the user has one; the backend is a private directory of the state's", async () => {
  const environment = await ownBackend(directory, { PULUMI_DIY_BACKEND_GZIP: 'true' });
  expect(environment).toEqual({
    PULUMI_HOME: join(directory, 'pulumi', 'home'),
    PULUMI_DIY_BACKEND_GZIP: 'false',
    PULUMI_BACKEND_URL: `file://${directory}/pulumi/state`,
    PULUMI_CONFIG_PASSPHRASE: devPassphrase,
  });
  expect(statSync(join(directory, 'pulumi', 'state')).mode & 0o777).toBe(0o700);
  expect(await ownBackend(directory, { PULUMI_CONFIG_PASSPHRASE: 'mine' })).not.toHaveProperty(
    'PULUMI_CONFIG_PASSPHRASE',
  );
});
