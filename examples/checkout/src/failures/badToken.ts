import type { ServiceTokens } from '../service/serviceTokens.ts';
import type { FailureSwitches } from './failureSwitches.ts';

/** What makes the tokens of a service's calls. */
export type TokenSource = Pick<ServiceTokens, 'create'>;

/** `bad-token`: the token is signed with a key that is not the shop's. */
export function badToken(tokens: TokenSource, forged: TokenSource, switches: FailureSwitches): TokenSource {
  return { create: (service) => (switches.strikes('bad-token') ? forged : tokens).create(service) };
}
