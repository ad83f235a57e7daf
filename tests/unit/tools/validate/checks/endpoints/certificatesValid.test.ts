import { beforeAll, describe, expect, it } from 'vitest';
import {
  createAuthority,
  issueCertificate,
  type KeyAndCertificate,
} from '../../../../../../tools/cluster/pki/certificateAuthority.ts';
import { judgeCertificate } from '../../../../../../tools/validate/checks/endpoints/certificatesValid.ts';

const issued = Date.parse('2026-01-01T00:00:00Z');
const host = 'ui.example.com';
let pair: KeyAndCertificate;

beforeAll(async () => {
  const subjectAltNames = [{ type: 'dns' as const, value: host }];
  const request = { commonName: 'ui', usage: 'server', subjectAltNames } as const;
  pair = await issueCertificate(await createAuthority('test', issued), request, issued);
});

const judge = (days: number, of = host) => {
  const encoded = (text: string) => Buffer.from(text).toString('base64');
  const data = { 'tls.crt': encoded(pair.certificate), 'tls.key': encoded(pair.key) };
  return judgeCertificate({ name: 'ui-tls', data }, of, issued + days * 86_400_000);
};

const secret = 'the certificate in its Secret ui-tls';

describe('the certificate of the UI, of 365 days', () => {
  it.each([
    [350, 'ok', 'nothing that browsers refuse'],
    [352, 'warning', `${secret} expires on 2027-01-01: put a new one there, or see why nobody renews it`],
    [359, 'failed', `${secret} expires on 2027-01-01: put a new one there, or see why nobody renews it`],
    [366, 'failed', `${secret} expired on 2027-01-01: put a new one there`],
  ])('after %d days: %s', (days, outcome, found) => {
    expect(judge(days)).toMatchObject({ outcome, subject: `certificate of ${host}`, found });
  });

  it('is told where it is for another host, or its Secret is not there', () => {
    expect(judge(1, 'ui.example.org')).toMatchObject({
      outcome: 'failed',
      found: `${secret} is for DNS:${host}, not for ui.example.org: put one of ui.example.org there`,
    });
    expect(judgeCertificate({ name: 'ui-tls', data: undefined }, host, issued)).toMatchObject({
      outcome: 'failed',
      found: `its Secret ui-tls is not there: make it from the certificate of ${host}; until then people are shown another certificate, which their browsers refuse`,
    });
  });
});
