import { describe, expect, it } from 'vitest';
import {
  loginMounts,
  loginVolumes,
  oauth2ProxyArguments,
  redirectUrl,
  type LoginSettings,
} from '../../../../infra/jaeger/login.ts';
import { resolved } from '../components/deployed.ts';
import { login } from './loginSettings.ts';
import * as pulumi from '@pulumi/pulumi';

const argumentsOf = (changes: Partial<LoginSettings> = {}) =>
  resolved(pulumi.all(oauth2ProxyArguments({ ...login, ...changes }, 'http://query:16686')));

/** The values of one argument, in their order. */
async function valuesOf(name: string, changes: Partial<LoginSettings> = {}): Promise<string[]> {
  return (await argumentsOf(changes)).flatMap((argument) =>
    argument.startsWith(`--${name}=`) ? [argument.slice(name.length + 3)] : [],
  );
}

describe('the arguments of oauth2-proxy', () => {
  it('lead from a log-in at the issuer to the query service', async () => {
    expect(await valuesOf('oidc-issuer-url')).toEqual([login.issuerUrl]);
    expect(await valuesOf('client-id')).toEqual(['tracing']);
    expect(await valuesOf('upstream')).toEqual(['http://query:16686/']);
    expect(await valuesOf('redirect-url')).toEqual(['https://ui.example.com/oauth2/callback']);
    expect(await valuesOf('proxy-prefix')).toEqual(['/oauth2']);
  });

  it('lie under the base path with everything that they name', async () => {
    const basePath = '/a.b/traces';
    expect(redirectUrl({ ...login, basePath })).toBe('https://ui.example.com/a.b/traces/oauth2/callback');
    expect(await valuesOf('proxy-prefix', { basePath })).toEqual(['/a.b/traces/oauth2']);
    expect(await valuesOf('api-route', { basePath })).toEqual(['^/a[.]b/traces/api/']);
    expect(await valuesOf('upstream', { basePath })).toEqual(['http://query:16686/']);
  });

  it('never hold a secret: files do', async () => {
    expect(await valuesOf('client-secret')).toEqual([]);
    expect(await valuesOf('cookie-secret')).toEqual([]);
    expect(await valuesOf('client-secret-file')).toEqual(['/etc/oauth2-proxy/secret/client-secret']);
    expect(await valuesOf('cookie-secret-file')).toEqual(['/etc/oauth2-proxy/secret/cookie-secret']);
  });

  it('name each domain and each group, whatever letters it has', async () => {
    expect(await valuesOf('email-domain', { emailDomains: ['a.example', '.b.example'] })).toEqual([
      'a.example',
      '.b.example',
    ]);
    expect(await valuesOf('allowed-group')).toEqual([]);
    // Read as CSV by oauth2-proxy, after Kubernetes has made one "$" of two.
    expect(await valuesOf('allowed-group', { groups: ['sre', 'Domain Users, "EU"', '$(HOME)'] })).toEqual([
      '"sre"',
      '"Domain Users, ""EU"""',
      '"$$(HOME)"',
    ]);
  });

  it('trust a private CA alone, where one is given', async () => {
    expect(await valuesOf('provider-ca-file')).toEqual([]);
    expect(await valuesOf('provider-ca-file', { ca: { name: 'ca', key: 'ca.pem' } })).toEqual([
      '/etc/oauth2-proxy/ca/ca.crt',
    ]);
  });

  it('bind the cookie to the host, or to the path where the host has other pages', async () => {
    const cookie = async (changes: Partial<LoginSettings>) => [
      ...(await valuesOf('cookie-name', changes)),
      ...(await valuesOf('cookie-path', changes)),
    ];
    expect(await cookie({})).toEqual(['__Host-tracewright', '/']);
    expect(await cookie({ basePath: '/traces' })).toEqual(['__Secure-tracewright', '/traces']);
  });

  it.each([
    ['code-challenge-method', 'S256'],
    ['insecure-oidc-skip-nonce', 'false'],
    ['reverse-proxy', 'false'],
    ['cookie-secure', 'true'],
    ['cookie-httponly', 'true'],
    ['cookie-samesite', 'lax'],
    ['session-cookie-minimal', 'true'],
    ['pass-access-token', 'false'],
    ['pass-authorization-header', 'false'],
    ['pass-basic-auth', 'false'],
    ['skip-auth-strip-headers', 'true'],
  ])('keep %s at %s', async (name, value) => {
    expect(await valuesOf(name)).toEqual([value]);
  });
});

describe('the files of a log-in', () => {
  it('are whole directories, readable by the group of the pod alone', () => {
    const settings = { ...login, ca: { name: 'issuer-ca', key: 'ca.pem' } };
    expect(loginVolumes(settings)).toEqual([
      {
        name: 'login-secret',
        secret: {
          secretName: 'ui-login',
          defaultMode: 0o440,
          items: [
            { key: 'client', path: 'client-secret' },
            { key: 'cookie', path: 'cookie-secret' },
          ],
        },
      },
      {
        name: 'issuer-ca',
        secret: { secretName: 'issuer-ca', defaultMode: 0o440, items: [{ key: 'ca.pem', path: 'ca.crt' }] },
      },
    ]);
    expect(loginMounts(settings)).toEqual([
      { name: 'login-secret', mountPath: '/etc/oauth2-proxy/secret', readOnly: true },
      { name: 'issuer-ca', mountPath: '/etc/oauth2-proxy/ca', readOnly: true },
    ]);
    expect(loginVolumes(login)).toHaveLength(1);
    expect(loginMounts(login)).toHaveLength(1);
  });
});
