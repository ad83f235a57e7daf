import { isCredentialName } from '../../kubernetes/credentials.ts';

/** Whether something with this name has a credential for its value. */
export type IsCredentialName = (name: string) => boolean;

/** The parameter that says which names those are. */
export const namePatternParameter = {
  type: 'string',
  format: 'regex',
  description:
    'Which names are those of credentials: a regular expression that is looked for anywhere in a name, whatever its case. An empty one takes names such as DB_PASSWORD, api-key and clientSecret, and none that says where a credential is, or something about it: PASSWORD_FILE, SECRET_NAME, TOKEN_TTL.',
  default: '',
} as const;

/** Reads the parameter. @throws SyntaxError for what is no regular expression. */
export function credentialNames(namePattern: string): IsCredentialName {
  if (namePattern === '') return isCredentialName;
  const pattern = new RegExp(namePattern, 'iu');
  return (name) => pattern.test(name);
}
