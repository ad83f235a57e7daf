import type { CodesByCategory } from '../codeTable.ts';

/**
 * Codes of errors on the way of a mail. An envelope that a server did not take is the server's, one that is empty is not: the
 * server's answer is in `responseCode`.
 *
 * Source: nodemailer documentation, "Error codes"; nodemailer, lib/errors.js and lib/smtp-connection/index.js.
 */
export const MAIL_CODES: CodesByCategory = {
  authentication: ['EAUTH', 'ENOAUTH', 'EOAUTH2'],
  network: ['ECONNECTION', 'EDNS', 'EPROXY', 'EREQUIRETLS', 'ESOCKET', 'ETLS'],
  validation: ['EENVELOPE'],
  external_service: ['EMAXLIMIT', 'EMESSAGE', 'EPROTOCOL', 'ESES'],
  system: ['ECONFIG', 'EFILEACCESS', 'ESENDMAIL', 'EURLACCESS'],
};
