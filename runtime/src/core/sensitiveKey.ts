/** Found anywhere in a key once its case and separators are gone: `X-Api-Key`, `userPassword`, `set-cookie`. */
const SENSITIVE_PARTS = [
  'password',
  'passwd',
  'passphrase',
  'passcode',
  'passwort',
  'passkey',
  'pwd',
  'secret',
  'token',
  'apikey',
  'accesskey',
  'accountkey',
  'privatekey',
  'masterkey',
  'sharedkey',
  'sshkey',
  'signingkey',
  'encryptionkey',
  'authorization',
  'authentication',
  'credential',
  'cookie',
  'session',
  'sessid',
  'bearer',
  'oauth',
  'signature',
  'creditcard',
  'cardnumber',
  'securitycode',
  'backupcode',
  'recoverycode',
  'verificationcode',
  'confirmationcode',
  'smscode',
  'mfacode',
  'mnemonic',
  'seedphrase',
  'recoveryphrase',
  'socialsecurity',
  'connectionstring',
] as const;

/** Too short to be looked for inside others (`discard`, `author`, `spinner`): whole words of a key only, one or many. */
const SENSITIVE_WORDS: ReadonlySet<string> = new Set([
  'auth',
  'card',
  'csrf',
  'cvc',
  'cvv',
  'dsn',
  'iban',
  'jwt',
  'otp',
  'pan',
  'pass',
  'pin',
  'psk',
  'pw',
  'sid',
  'sig',
  'ssn',
  'totp',
  'xsrf',
]);

/** Keys are names. What is longer is data, and its beginning is enough to judge it by. */
const MAX_KEY_LENGTH = 200;

/**
 * Matches every key that has one of these in it, whatever is between their letters, and others too. Most keys have none,
 * which this tells at a fraction of what it takes to part a key into words.
 */
const SUSPICIOUS = new RegExp(
  [...SENSITIVE_PARTS, ...SENSITIVE_WORDS].map((part) => Array.from(part).join('[^a-z]*')).join('|'),
  'iu',
);

/**
 * Whether what is kept under `key` is likely a secret or the number of a card or an account. It judges by the key alone,
 * in camel case, snake case, kebab case and upper case, and rather says yes once too often: `maxTokens` is sensitive too.
 */
export function isSensitiveKey(key: string): boolean {
  const name = key.slice(0, MAX_KEY_LENGTH);
  if (!SUSPICIOUS.test(name)) return false;
  const words = wordsOf(name);
  if (words.some((word) => SENSITIVE_WORDS.has(word) || SENSITIVE_WORDS.has(word.replace(/s$/, '')))) return true;
  const joined = words.join('');
  return SENSITIVE_PARTS.some((part) => joined.includes(part));
}

function wordsOf(key: string): string[] {
  return key
    .replace(/([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3 $2$4')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/\d+$/, ''));
}
