import { randomBytes } from 'node:crypto';
import { Secret } from '../../../core/secret.ts';
import type { DashboardAuthentication } from '../../dashboardOptions.ts';
import type { Authentication } from './requestIdentity.ts';
import { SessionCookies } from './sessionCookies.ts';

const TOKEN_BYTES = 32;

/** How requests are told from strangers', and the token that was made for it, where one was: it is not known to anybody yet. */
export interface ResolvedAuthentication {
  readonly authentication: Authentication;
  readonly newToken: Secret | undefined;
}

/** Makes what the options leave out. */
export function resolveAuthentication(
  { operateToken, readToken, authenticate }: DashboardAuthentication,
  peer: Secret | undefined,
  wallMillis: () => number,
): ResolvedAuthentication {
  if (authenticate) {
    const tokens = { operate: operateToken, read: readToken, peer };
    return { authentication: { tokens, sessions: undefined, authenticate }, newToken: undefined };
  }
  const operate = operateToken ?? new Secret(randomBytes(TOKEN_BYTES).toString('base64url'));
  const sessions = new SessionCookies({ operate, read: readToken }, wallMillis);
  return {
    authentication: { tokens: { operate, read: readToken, peer }, sessions, authenticate: undefined },
    newToken: operateToken ? undefined : operate,
  };
}
