import 'reflect-metadata'; // The X.509 library's dependency container reads it when it is loaded.
import * as x509 from '@peculiar/x509';
import type { webcrypto } from 'node:crypto';

/** A private key and its certificate, both PEM. */
export interface KeyAndCertificate {
  readonly key: string;
  readonly certificate: string;
}

/** What one certificate says. */
export interface CertificateRequest {
  readonly commonName: string;
  /** Kubernetes reads it as a group. */
  readonly organization?: string;
  readonly usage: 'client' | 'server';
  /** Names and addresses that a server answers to. */
  readonly subjectAltNames?: readonly { readonly type: 'dns' | 'ip'; readonly value: string }[];
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MILLIS = 24 * 60 * 60 * 1000;
const AUTHORITY_DAYS = 3650;
const CERTIFICATE_DAYS = 365;
// Clocks of host and guests differ a little; a certificate must not be "not yet valid" when it is new.
const BACKDATE_MILLIS = 10 * 60 * 1000;

/** Makes a self-signed authority that is valid for ten years. */
export async function createAuthority(commonName: string, now: number): Promise<KeyAndCertificate> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: new x509.Name([{ CN: [commonName] }]),
    notBefore: new Date(now - BACKDATE_MILLIS),
    notAfter: new Date(now + AUTHORITY_DAYS * DAY_MILLIS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { key: await exportPrivateKey(keys.privateKey), certificate: certificate.toString('pem') };
}

/** Makes a key and has the authority certify it for one year. */
export async function issueCertificate(
  authority: KeyAndCertificate,
  request: CertificateRequest,
  now: number,
): Promise<KeyAndCertificate> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: subjectOf(request),
    issuer: issuer.subjectName,
    notBefore: new Date(now - BACKDATE_MILLIS),
    notAfter: new Date(now + CERTIFICATE_DAYS * DAY_MILLIS),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: await importPrivateKey(authority.key),
    extensions: await extensionsOf(request, issuer, keys.publicKey),
  });
  return { key: await exportPrivateKey(keys.privateKey), certificate: certificate.toString('pem') };
}

/** Makes the key pair that signs service account tokens; both halves PEM. */
export async function createSigningKey(): Promise<{ readonly privateKey: string; readonly publicKey: string }> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const publicKey = x509.PemConverter.encode(await crypto.subtle.exportKey('spki', keys.publicKey), 'PUBLIC KEY');
  return { privateKey: await exportPrivateKey(keys.privateKey), publicKey: `${publicKey}\n` };
}

function subjectOf(request: CertificateRequest): x509.Name {
  const organization = request.organization === undefined ? [] : [{ O: [request.organization] }];
  return new x509.Name([...organization, { CN: [request.commonName] }]);
}

async function extensionsOf(
  request: CertificateRequest,
  issuer: x509.X509Certificate,
  publicKey: webcrypto.CryptoKey,
): Promise<x509.Extension[]> {
  const purpose = request.usage === 'server' ? x509.ExtendedKeyUsage.serverAuth : x509.ExtendedKeyUsage.clientAuth;
  const names = (request.subjectAltNames ?? []).map(({ type, value }) => ({ type, value }));
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([purpose]),
    await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    await x509.SubjectKeyIdentifierExtension.create(publicKey),
    ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
  ];
}

// RFC 5280 wants a positive number of at most 20 octets, hence the cleared first bit.
function serialNumber(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}

async function exportPrivateKey(key: webcrypto.CryptoKey): Promise<string> {
  return `${x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
}

function importPrivateKey(pem: string): Promise<webcrypto.CryptoKey> {
  return crypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(pem), ALGORITHM, false, ['sign']);
}
