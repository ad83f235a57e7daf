import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../../core/secret.ts';
import type { Identity } from './identity.ts';

const COOKIE = 'tracewright_session';
const LIFETIME_SECONDS = 12 * 60 * 60;
const KEY_BYTES = 32;
/** Of names of 200 characters, each of four bytes, in Base64. */
const LONGEST_COOKIE = 2_000;

type SessionRole = Exclude<Identity['role'], 'peer'>;

/** Who may have a session: people, no replicas. */
export interface SessionIdentity extends Identity {
  readonly role: SessionRole;
}

/** A session that a browser has. */
export interface Session {
  readonly identity: SessionIdentity;
  /** Tells sessions apart: each log-in is one. */
  readonly id: string;
}

/** What a cookie is set for. */
export interface CookieScope {
  /** Path that the page is mounted at, without a slash at its end. */
  readonly mount: string;
  /** Whether the browser came by HTTPS. */
  readonly isSecure: boolean;
}

/**
 * Sessions that nobody keeps: a cookie says who somebody is and until when, signed with keys derived from the tokens. So
 * replicas with the same tokens take each other's, and a new token ends the sessions of the old one.
 */
export class SessionCookies {
  readonly #keys: Readonly<Partial<Record<SessionRole, Buffer>>>;
  readonly #wallMillis: () => number;

  constructor(tokens: { readonly operate: Secret; readonly read: Secret | undefined }, wallMillis: () => number) {
    this.#keys = { operate: keyOf(tokens.operate), ...(tokens.read && { read: keyOf(tokens.read) }) };
    this.#wallMillis = wallMillis;
  }

  /** The header that gives a session to the browser. */
  issue({ role, name }: SessionIdentity, scope: CookieScope): string {
    const key = this.#keys[role];
    if (key === undefined) throw new Error(`there is no token of the role ${role}`);
    const untilMillis = this.#wallMillis() + LIFETIME_SECONDS * 1000;
    const said = Buffer.from(JSON.stringify([role, name, untilMillis])).toString('base64url');
    return cookie(`${said}.${sign(key, said).toString('base64url')}`, LIFETIME_SECONDS, scope);
  }

  /** The header that takes it back. */
  end(scope: CookieScope): string {
    return cookie('', 0, scope);
  }

  /** The session that the cookies of a request say it is of; of several of the name, the first that is right. */
  sessionOf(header: string | null | undefined): Session | undefined {
    for (const part of (header ?? '').split(';')) {
      const [name, value = ''] = part.trim().split('=', 2);
      const session = name === COOKIE && value.length <= LONGEST_COOKIE ? this.#read(value) : undefined;
      if (session) return session;
    }
    return undefined;
  }

  #read(value: string): Session | undefined {
    const [said = '', signature = ''] = value.split('.', 2);
    const identity = identityIn(said);
    const key = identity && this.#keys[identity.role];
    // A role without a token has no sessions.
    if (identity === undefined || key === undefined) return undefined;
    const given = Buffer.from(signature, 'base64url');
    const right = sign(key, said);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    if (identity.untilMillis <= this.#wallMillis()) return undefined;
    return { identity: { role: identity.role, name: identity.name }, id: right.toString('base64url') };
  }
}

function sign(key: Buffer, said: string): Buffer {
  return createHmac('sha256', key).update(said).digest();
}

function keyOf(token: Secret): Buffer {
  return Buffer.from(hkdfSync('sha256', token.reveal(), '', 'tracewright dashboard session', KEY_BYTES));
}

/** What is said, before anybody knows whether it is true. */
function identityIn(said: string): (SessionIdentity & { readonly untilMillis: number }) | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(said, 'base64url').toString());
    if (!Array.isArray(parsed)) return undefined;
    const [role, name, untilMillis] = parsed as unknown[];
    if ((role !== 'read' && role !== 'operate') || typeof name !== 'string' || typeof untilMillis !== 'number') {
      return undefined;
    }
    return { role, name, untilMillis };
  } catch {
    return undefined;
  }
}

function cookie(value: string, maxAgeSeconds: number, { mount, isSecure }: CookieScope): string {
  const secure = isSecure ? '; Secure' : '';
  return `${COOKIE}=${value}; Path=${mount}/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure}`;
}
