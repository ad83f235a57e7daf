import type { RuleSet } from '../classification.ts';
import { classificationOf, codeTable } from '../codeTable.ts';
import { OAUTH_CODES, OAUTH_ERRORS, TOKEN_CODES } from '../tables/tokenCodes.ts';

/** Where an error about OAuth keeps what the server answered. */
const OAUTH_ANSWERS: ReadonlySet<string> = new Set(['OAUTH_RESPONSE_BODY_ERROR', 'OAUTH_AUTHORIZATION_RESPONSE_ERROR']);
/** From this status on, it is the server that failed. */
const SERVER_ERROR = 500;

/** Tokens, and what an authorization server answers. */
export function tokenRules(): RuleSet {
  const tokens = codeTable('token.code', TOKEN_CODES);
  const codes = codeTable('oauth.code', OAUTH_CODES);
  const errors = codeTable('oauth.error', OAUTH_ERRORS);
  const refused = classificationOf('authentication', 'oauth.error');
  const failed = classificationOf('external_service', 'oauth.error');
  return ({ code, properties, status }) => {
    const known = code === undefined ? undefined : (tokens.get(code) ?? codes.get(code));
    if (known !== undefined) return known;
    const answer = properties['error'];
    const told = typeof answer === 'string' ? errors.get(answer) : undefined;
    if (told !== undefined || code === undefined || !OAUTH_ANSWERS.has(code)) return told;
    return status !== undefined && status >= SERVER_ERROR ? failed : refused;
  };
}
