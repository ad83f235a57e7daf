import { X509Certificate, createPrivateKey } from 'node:crypto';
import type { CertificateRequest, KeyAndCertificate } from './certificateAuthority.ts';

const RENEWAL_MILLIS = 60 * 24 * 60 * 60 * 1000;

/** Whether an authority's files hold together and stay valid for at least 60 days more. */
export function isAuthorityUsable(authority: KeyAndCertificate, now: number): boolean {
  return attempt(() => {
    const certificate = new X509Certificate(authority.certificate);
    return certificate.ca && certificate.checkPrivateKey(createPrivateKey(authority.key)) && isFresh(certificate, now);
  });
}

/** Whether a certificate is what would be issued now: same authority, names and groups, 60 days left. */
export function isCertificateUsable(
  pair: KeyAndCertificate,
  authority: KeyAndCertificate,
  request: CertificateRequest,
  now: number,
): boolean {
  return attempt(() => {
    const certificate = new X509Certificate(pair.certificate);
    const issuer = new X509Certificate(authority.certificate);
    return (
      certificate.checkPrivateKey(createPrivateKey(pair.key)) &&
      certificate.verify(issuer.publicKey) &&
      certificate.subject === expectedSubject(request) &&
      hasExactNames(certificate, request) &&
      isFresh(certificate, now)
    );
  });
}

function expectedSubject(request: CertificateRequest): string {
  const organization = request.organization === undefined ? '' : `O=${request.organization}\n`;
  return `${organization}CN=${request.commonName}`;
}

function hasExactNames(certificate: X509Certificate, request: CertificateRequest): boolean {
  const expected = (request.subjectAltNames ?? []).map(({ type, value }) =>
    type === 'dns' ? `DNS:${value}` : `IP Address:${value}`,
  );
  const actual = certificate.subjectAltName?.split(', ') ?? [];
  return expected.length === actual.length && expected.every((name) => actual.includes(name));
}

function isFresh(certificate: X509Certificate, now: number): boolean {
  return Date.parse(certificate.validFrom) <= now && Date.parse(certificate.validTo) - now >= RENEWAL_MILLIS;
}

// Damaged PEM makes the parser throw; damaged and unfit files are answered the same way: issue anew.
function attempt(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}
