import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Environment, EnvironmentError } from './environment.ts';
import { RefusedError } from './refusedError.ts';
import type { Route } from './route.ts';

const LIFETIME_MILLIS = 60_000;
const SHORTEST_KEY = 32;

/** Tokens by which one service knows another: who calls, until when, and an HMAC of both with the key that all have. */
export class ServiceTokens {
  readonly #key: string;
  readonly #now: () => number;

  /** @param now - milliseconds since 1970 */
  constructor(key: string, now: () => number = Date.now) {
    this.#key = key;
    this.#now = now;
  }

  /** A token that is good for a minute. */
  create(service: string): string {
    const claims = Buffer.from(JSON.stringify({ service, until: this.#now() + LIFETIME_MILLIS })).toString('base64url');
    return `${claims}.${this.#sign(claims).toString('base64url')}`;
  }

  /** @throws RefusedError 401 for a request without a token, and one whose token was not made with this key or is too old. */
  verify({ headers: { authorization = '' } }: Pick<IncomingMessage, 'headers'>): void {
    const [, claims, signature] = /^Bearer ([\w-]+)\.([\w-]+)$/.exec(authorization) ?? [];
    if (claims === undefined || signature === undefined) throw new RefusedError(401, 'the call has no token');
    const expected = this.#sign(claims);
    const given = Buffer.from(signature, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new RefusedError(401, "the token's signature is not the shop's");
    const { until } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as { readonly until: number };
    if (until < this.#now()) throw new RefusedError(401, 'the token has expired');
  }

  #sign(claims: string): Buffer {
    return createHmac('sha256', this.#key).update(claims).digest();
  }
}

/**
 * The tokens with the key `SHOP_TOKEN_KEY`; `undefined` where it is not set: calls then have no tokens, and need none.
 *
 * @throws EnvironmentError for a key of less than 32 characters; it does not show it.
 */
export function readServiceTokens(environment: Environment): ServiceTokens | undefined {
  const key = environment['SHOP_TOKEN_KEY'] ?? '';
  if (key === '') return undefined;
  if (key.length >= SHORTEST_KEY) return new ServiceTokens(key);
  throw new EnvironmentError('SHOP_TOKEN_KEY', '[not shown]', `of ${SHORTEST_KEY} characters or more`);
}

/** Routes that only callers with a token are let in to; all of them where there are no tokens. */
export function behindTokens(routes: readonly Route[], tokens: ServiceTokens | undefined): readonly Route[] {
  if (tokens === undefined) return routes;
  return routes.map((route) => ({
    ...route,
    handle: async (request) => {
      tokens.verify(request.message);
      return route.handle(request);
    },
  }));
}
