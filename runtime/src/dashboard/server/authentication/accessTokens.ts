import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../../core/secret.ts';
import type { Role } from './identity.ts';

/** What each role shows to be let in. */
export interface AccessTokens {
  readonly operate: Secret | undefined;
  readonly read: Secret | undefined;
  readonly peer: Secret | undefined;
}

/** The role that a token is of; takes as long for a wrong one as for a right one. */
export function roleOfToken(tokens: AccessTokens, token: string): Role | undefined {
  const given = digest(token);
  const fits = (secret: Secret | undefined): boolean =>
    secret !== undefined && timingSafeEqual(given, digest(secret.reveal()));
  const [operates, reads, isPeer] = [fits(tokens.operate), fits(tokens.read), fits(tokens.peer)];
  if (operates) return 'operate';
  if (reads) return 'read';
  return isPeer ? 'peer' : undefined;
}

/** All of one length, as what is compared in constant time has to be. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
