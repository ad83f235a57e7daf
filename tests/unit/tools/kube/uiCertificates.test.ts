import { beforeAll, describe, expect, it } from 'vitest';
import {
  createAuthority,
  issueCertificate,
  type KeyAndCertificate,
} from '../../../../tools/cluster/pki/certificateAuthority.ts';
import { certificateProblem } from '../../../../tools/kube/uiCertificates.ts';

const issued = Date.parse('2026-01-01T00:00:00Z');
const day = 24 * 60 * 60 * 1000;
const host = 'ui.example.com';
const instead = 'until then people are shown another certificate, which their browsers refuse';
let pair: KeyAndCertificate;
let other: KeyAndCertificate;

beforeAll(async () => {
  const authority = await createAuthority('test', issued);
  const subjectAltNames = [{ type: 'dns' as const, value: '*.example.com' }];
  const request = { commonName: 'ui', usage: 'server', subjectAltNames } as const;
  pair = await issueCertificate(authority, request, issued);
  other = await issueCertificate(authority, request, issued);
});

const encoded = (text: string) => Buffer.from(text).toString('base64');
const problem = (data: Record<string, string> | undefined, { days = 1, of = host } = {}) =>
  certificateProblem({ name: 'ui-tls', data }, of, issued + days * day);
const files = (changes: Record<string, string> = {}) => ({
  'tls.crt': encoded(pair.certificate),
  'tls.key': encoded(pair.key),
  ...changes,
});

describe('the certificate that the UI is served with', () => {
  it('is in order as long as it is for the host and lasts a week more', () => {
    expect(problem(files())).toBeUndefined();
    expect(problem(files(), { days: 357 })).toBeUndefined();
  });

  it('is named when it ends within a week, has ended, or has not begun', () => {
    const it = 'the certificate in its Secret ui-tls';
    expect(problem(files(), { days: 359 })).toBe(
      `${it} expires on 2027-01-01: put a new one there, or see why nobody renews it`,
    );
    expect(problem(files(), { days: 366 })).toBe(`${it} expired on 2027-01-01: put a new one there`);
    expect(problem(files(), { days: -1 })).toBe(`${it} is not valid before 2025-12-31: put another one there`);
  });

  it('is named when it is for another host', () => {
    expect(problem(files(), { of: 'ui.example.org' })).toBe(
      'the certificate in its Secret ui-tls is for DNS:*.example.com, not for ui.example.org: put one of ui.example.org there',
    );
  });

  it('is named when its Secret is missing, empty, or holds something else', () => {
    expect(problem(undefined)).toBe(
      `its Secret ui-tls is not there: make it from the certificate of ${host}; ${instead}`,
    );
    expect(problem({ 'tls.crt': encoded(pair.certificate) })).toBe(
      `its Secret ui-tls has no tls.key: make it of type kubernetes.io/tls; ${instead}`,
    );
    expect(problem(files({ 'tls.crt': encoded('hello') }))).toBe(
      `tls.crt of its Secret ui-tls is no certificate; ${instead}`,
    );
    const notTheKey = `tls.key of its Secret ui-tls is not the key of tls.crt; ${instead}`;
    expect(problem(files({ 'tls.key': encoded(other.key) }))).toBe(notTheKey);
    expect(problem(files({ 'tls.key': encoded('hello') }))).toBe(notTheKey);
  });
});
