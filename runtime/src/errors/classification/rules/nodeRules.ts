import { codeTable, prefixTable } from '../codeTable.ts';
import type { RuleSet } from '../classification.ts';
import { CERTIFICATE_CODES, CLIENT_CERTIFICATE_CODES } from '../tables/tlsCodes.ts';
import { NODE_CODES, NODE_CODE_PREFIXES } from '../tables/nodeCodes.ts';

/** Codes of Node itself: certificates and TLS, the parser of HTTP, and what its interfaces refuse. */
export function nodeRules(): RuleSet {
  const clientCertificates = codeTable('tls.clientCertificate', CLIENT_CERTIFICATE_CODES);
  const certificates = codeTable('tls.certificate', CERTIFICATE_CODES);
  const codes = codeTable('node.code', NODE_CODES);
  const prefix = prefixTable('node.code', NODE_CODE_PREFIXES);
  return ({ code }) => {
    if (code === undefined) return undefined;
    return clientCertificates.get(code) ?? certificates.get(code) ?? codes.get(code) ?? prefix(code);
  };
}
