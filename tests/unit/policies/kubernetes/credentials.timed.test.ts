import { describe, expect, it } from 'vitest';
import { credentialIn, isCredentialName, isLiteral } from '../../../../policies/kubernetes/credentials.ts';

describe('isCredentialName', () => {
  it.each([
    'PASSWORD',
    'DB_PASSWORD',
    'dbpassword',
    'MYSQL_ROOT_PASSWORD',
    'DBPassword',
    'db.password',
    'PASSWORDS',
    'PASSWD',
    'DB_PASS',
    'DB_PWD',
    'passphrase',
    'SECRET',
    'clientSecret',
    'jwt-secret',
    'TOKEN',
    'API_TOKEN_2',
    'credentials',
    'api-key',
    'apiKey',
    'apikey',
    'AWS_SECRET_ACCESS_KEY',
    'private_key',
    'ENCRYPTION_KEY',
  ])('takes %s for one', (name) => {
    expect(isCredentialName(name)).toBe(true);
  });

  it.each([
    '',
    'PWD',
    'OLDPWD',
    'PASSWORD_FILE',
    'TOKEN_TTL',
    'SECRET_NAME',
    'EXISTING_SECRET',
    'existingSecret',
    'IMAGE_PULL_SECRET',
    'ingress-tls-secret',
    'AWS_ACCESS_KEY_ID',
    'PUBLIC_KEY',
    'KEY',
    'MONKEY',
    'COMPASS',
    'TOKENIZER',
    'MAX_TOKENS',
    'SECRETARY',
    'application.properties',
    'constructor',
  ])('takes %j for none', (name) => {
    expect(isCredentialName(name)).toBe(false);
  });
});

describe('isLiteral', () => {
  it.each(['hunter2', '"hunter2"', "'a b'", '12345', '/+', '/ab'])('takes %j for a value of its own', (value) => {
    expect(isLiteral(value)).toBe(true);
  });

  it.each([
    '',
    '  ',
    '""',
    'true',
    'False',
    'none',
    '$(DB_PASSWORD)',
    '${DB_PASSWORD}',
    '"$DB_PASSWORD"',
    '{{ password }}',
    '<password>',
    '%(password)s',
    '****',
    '/run/secrets/db',
    'vault:secret/data/db#password',
    'op://vault/db/password',
  ])('takes %j for none', (value) => {
    expect(isLiteral(value)).toBe(false);
  });
});

describe('credentialIn', () => {
  const filler = 'a1B2c3D4e5'.repeat(10);
  const token = (start: string, length: number): string => start + filler.slice(0, length);

  it.each([
    ['-----BEGIN PRIVATE KEY-----\nabc', 'a private key'],
    ['x\n-----BEGIN RSA PRIVATE KEY-----\nabc', 'a private key'],
    ['postgres://shop:hunter2@db:5432/shop', 'an address with a password'],
    ['redis://:hunter2@redis:6379', 'an address with a password'],
    [`${token('eyJ', 20)}.${token('eyJ', 20)}.${token('', 20)}`, 'a signed token (JWT)'],
    [token('AKIA', 0) + 'ABCDEFGHIJ234567', 'a key of AWS'],
    [token('ghp_', 36), 'a token of GitHub'],
    [token('github_pat_', 30), 'a token of GitHub'],
    [token('glpat-', 20), 'a token of GitLab'],
    [token('xoxb-', 20), 'a token of Slack'],
    [token('AIza', 35), 'a key of Google'],
    [token('sk_live_', 24), 'a key of Stripe'],
    [token('npm_', 36), 'a token of npm'],
  ])('sees in %j %s', (value, what) => {
    expect(credentialIn(value)).toBe(what);
  });

  it.each([
    '',
    'hunter2',
    '-----BEGIN CERTIFICATE-----',
    '-----BEGIN PUBLIC KEY-----',
    'http://shop:8080/path',
    'postgres://shop:$(DB_PASSWORD)@db/shop',
    'postgres://shop:${DB_PASSWORD}@db/shop',
    'http://proxy:3128/?to=a@b',
    'postgres://shop@db/shop',
    'AKIA',
    'a.eyJ.b',
  ])('sees none in %j', (value) => {
    expect(credentialIn(value)).toBeUndefined();
  });

  it.each(['eyJ-'.repeat(250_000), 'a.'.repeat(500_000), 'a://'.repeat(250_000), '-----BEGIN A '.repeat(80_000)])(
    'reads a long text in a moment',
    (value) => {
      const start = performance.now();
      expect(credentialIn(value)).toBeUndefined();
      expect(performance.now() - start).toBeLessThan(5_000);
    },
  );
});
