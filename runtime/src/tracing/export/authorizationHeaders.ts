import type { Credentials } from './exporterConfig.ts';

/** The `authorization` header for credentials: a bearer token, or HTTP basic in UTF-8 (RFC 7617). No header without any. */
export function authorizationHeaders(credentials: Credentials | undefined): Readonly<Record<string, string>> {
  if (credentials === undefined) return {};
  if ('token' in credentials) return { authorization: `Bearer ${credentials.token.reveal()}` };
  const pair = Buffer.from(`${credentials.username}:${credentials.password.reveal()}`, 'utf8').toString('base64');
  return { authorization: `Basic ${pair}` };
}
