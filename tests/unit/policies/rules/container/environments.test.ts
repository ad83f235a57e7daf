import { describe, expect, it } from 'vitest';
import { duplicateEnvironment } from '../../../../../policies/rules/container/duplicateEnvironment.ts';
import { secretEnvironmentReference } from '../../../../../policies/rules/container/secretEnvironmentReference.ts';
import { secretInEnvironment } from '../../../../../policies/rules/container/secretInEnvironment.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';
import { deploymentOf, problemsIn, unknownText } from './containerFixtures.ts';

const variable = (name: string, value: unknown) => ({ env: [{ name, value }] });

describe('secret-in-environment', () => {
  it.each([
    ['DB_PASSWORD', 'correct-horse'],
    ['api-key', 'abc'],
    ['clientSecret', 'abc'],
    ['AUTH_TOKEN', 'x'],
    ['DB_PASSWORD', '  correct horse  '],
  ])('finds a credential by the name %s', (name, value) => {
    expect(problemsIn(secretInEnvironment, variable(name, value))).toEqual([
      `env[0].value of "${name}" holds a credential, by its name: it must come from a Secret`,
    ]);
  });

  it.each([
    ['DATABASE_URL', 'postgres://shop:correct-horse@database/shop', 'an address with a password'],
    ['CERTIFICATE', '-----BEGIN RSA PRIVATE KEY-----\nMIIE', 'a private key'],
    ['PASSWORD_FILE', 'AKIAABCDEFGHIJKLMNOP', 'a key of AWS'],
  ])('finds a credential by its value, whatever its name is: %s', (name, value, what) => {
    expect(problemsIn(secretInEnvironment, variable(name, value))).toEqual([
      `env[0].value of "${name}" holds ${what}: it must come from a Secret`,
    ]);
  });

  it.each([
    ['DB_PASSWORD', ''],
    ['DB_PASSWORD', undefined],
    ['DB_PASSWORD', null],
    ['DB_PASSWORD', '$(OTHER)'],
    ['ALLOW_EMPTY_PASSWORD', 'yes'],
    ['DB_PASSWORD_FILE', '/run/secrets/password'],
    ['SECRET_NAME', 'shop'],
    ['TOKEN_TTL', '60'],
    ['DATABASE_URL', 'postgres://shop:$(DB_PASSWORD)@database/shop'],
    ['MODE', 'fast'],
  ])('lets %s with the value %s pass', (name, value) => {
    expect(problemsIn(secretInEnvironment, variable(name, value))).toEqual([]);
  });

  it('never shows a value', () => {
    const secret = 'correct-horse';
    const container = {
      env: [
        { name: 'DB_PASSWORD', value: secret },
        { name: 'URL', value: `amqp://a:${secret}@b` },
      ],
    };
    const problems = problemsOf(secretInEnvironment, [deploymentOf(container)]);
    expect(problems).toHaveLength(2);
    expect(problems.join('\n')).not.toContain(secret);
  });

  it('takes the names of a configuration instead of its own, whatever their case', () => {
    const parameters = { namePattern: '^lozinka' };
    const env = [
      { name: 'LOZINKA_1', value: 'tajna' },
      { name: 'DB_PASSWORD', value: 'correct-horse' },
    ];
    expect(problemsIn(secretInEnvironment, { env }, parameters)).toEqual([
      'env[0].value of "LOZINKA_1" holds a credential, by its name: it must come from a Secret',
    ]);
  });

  it('judges what comes out of another resource by the name of its variable alone', () => {
    expect(findingsOf(secretInEnvironment, [deploymentOf(variable('DB_HOST', unknownText))])).toEqual([]);
    expect(findingsOf(secretInEnvironment, [deploymentOf(variable('DB_PASSWORD', unknownText))])).toMatchObject([
      { kind: 'breach', path: 'spec.template.spec.containers[0].env[0].value' },
    ]);
  });

  it.each([{ env: 'x' }, { env: [null, 'x', {}] }, { env: {} }, { env: [{ value: 'x' }] }])(
    'finds nothing in %j',
    (container) => {
      expect(problemsIn(secretInEnvironment, container)).toEqual([]);
    },
  );
});

describe('secret-environment-reference', () => {
  it('finds variables and whole environments that come from Secrets', () => {
    const container = {
      env: [
        { name: 'MODE', value: 'fast' },
        { name: 'A', valueFrom: { configMapKeyRef: { name: 'shop', key: 'a' } } },
        { name: 'B', valueFrom: { secretKeyRef: { name: 'shop', key: 'b' } } },
      ],
      envFrom: [{ configMapRef: { name: 'shop' } }, { prefix: 'S_', secretRef: { name: 'shop' } }],
    };
    expect(problemsIn(secretEnvironmentReference, container)).toEqual([
      'env[2].valueFrom.secretKeyRef is set: a Secret must be mounted as files',
      'envFrom[1].secretRef is set: a Secret must be mounted as files',
    ]);
  });
});

describe('duplicate-environment', () => {
  it('says each repetition, and where the name is for the first time', () => {
    const env = [{ name: 'A' }, { name: 'B' }, { name: 'A', valueFrom: {} }, { name: 'a' }, { name: 'A' }];
    expect(problemsIn(duplicateEnvironment, { env })).toEqual([
      'env[2].name is "A", as env[0].name is: it must be set once',
      'env[4].name is "A", as env[0].name is: it must be set once',
    ]);
  });

  it('finds nothing in variables without names', () => {
    expect(problemsIn(duplicateEnvironment, { env: [{}, {}, null, null, { name: 1 }, { name: 1 }] })).toEqual([]);
  });
});
