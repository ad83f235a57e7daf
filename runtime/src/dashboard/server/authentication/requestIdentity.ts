import type { AccessTokens } from './accessTokens.ts';
import type { Authenticate, AuthenticationRequest, Identity } from './identity.ts';
import type { SessionCookies } from './sessionCookies.ts';

const LONGEST_NAME = 200;

/** An application in JavaScript may say anything: none of them is a replica. */
const ROLES_OF_PEOPLE: ReadonlySet<string> = new Set(['read', 'operate']);

/** How requests are told from strangers'. */
export interface Authentication {
  readonly tokens: AccessTokens;
  /** `undefined` where the application says who somebody is. */
  readonly sessions: SessionCookies | undefined;
  readonly authenticate: Authenticate | undefined;
}

/** Whom a request comes from, and whether a browser says so by itself, so that another site's page could make it ask. */
export interface RequestIdentity {
  readonly identity: Identity;
  readonly isAmbient: boolean;
  /** Tells sessions apart, and of who has none, addresses. */
  readonly viewer: string;
}

/**
 * Who is asking, by what a browser sends by itself: as the application says, or as the session does.
 *
 * @returns `undefined` for strangers
 */
export async function ambientIdentity(
  { sessions, authenticate }: Authentication,
  request: AuthenticationRequest,
): Promise<RequestIdentity | undefined> {
  if (authenticate) {
    const user = await authenticate(request);
    if (!user || !ROLES_OF_PEOPLE.has(user.role)) return undefined;
    const identity = { role: user.role, name: nameOf(user.name, user.role) };
    return { identity, isAmbient: true, viewer: `${identity.role} ${identity.name} ${request.address}` };
  }
  const session = sessions?.sessionOf(request.headers.get('cookie'));
  return session && { identity: session.identity, isAmbient: true, viewer: session.id };
}

/** A name that can be shown: one line, not empty, not too long. */
export function nameOf(given: string | undefined, fallback: string): string {
  const name = (given ?? '')
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME);
  return name === '' ? fallback : name;
}
