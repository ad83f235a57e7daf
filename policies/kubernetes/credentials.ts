// Every repetition is bounded, so that a long text takes no longer than it is.
const signs: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY-----/],
  ['an address with a password', /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:@/?#]{0,200}:(?![$<{%*])[^\s@/?#]{1,200}@/i],
  ['a signed token (JWT)', /\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,2000}\.[\w-]{10}/],
  ['a key of AWS', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a token of GitHub', /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22})/],
  ['a token of GitLab', /\bglpat-[\w-]{20}/],
  ['a token of Slack', /\bxox[abeoprs]-[\w-]{10}/],
  ['a key of Google', /\bAIza[\w-]{35}/],
  ['a key of Stripe', /\b[rs]k_live_[A-Za-z0-9]{16}/],
  ['a token of npm', /\bnpm_[A-Za-z0-9]{36}/],
];

// `PWD` alone is the directory of a shell.
const credentialName =
  /PASSW(?:OR)?DS?$|(?:^|_)(?:PASS|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?)$|_PWD$|(?:API|ACCESS|SECRET|PRIVATE|ENCRYPTION|SIGNING|MASTER|AUTH)_?KEY$/;

// What Helm charts call the name of a Secret; `TLS_SECRET` is that of one with a certificate.
const secretName = /(?:^|_)(?:EXISTING|PULL|TLS)_SECRET$/;

const reference = /^(?:[$<{%*]|vault:|ref\+|op:\/\/|arn:)/;
const path = /^\/[\w.@-]+(?:\/[\w.@-]+)+$/;
const switches = new Set([
  '',
  'true',
  'false',
  'yes',
  'no',
  'on',
  'off',
  '0',
  '1',
  'null',
  'none',
  '""',
  "''",
  '|',
  '>',
  '|-',
]);

/**
 * Whether the name of a setting says that its value is a credential: `DB_PASSWORD`, `api-key`, `clientSecret`. One that says where the
 * credential stands, or something about it (`PASSWORD_FILE`, `TOKEN_TTL`, `SECRET_NAME`), does not.
 */
export function isCredentialName(name: string): boolean {
  const words = name
    .slice(-100)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/_\d+$/, '');
  const upper = words.toUpperCase();
  return credentialName.test(upper) && !secretName.test(upper);
}

/** Whether a text stands for itself: it is no reference (`$(NAME)`, `{{ name }}`), no path of a file, no switch, and not empty. */
export function isLiteral(value: string): boolean {
  const bare = value
    .trim()
    .replace(/^(["'])(.*)\1$/s, '$2')
    .trim();
  return !switches.has(bare.toLowerCase()) && !reference.test(bare) && !path.test(bare);
}

/** What a text holds that is a credential whatever its name is, in words (`a private key`); `undefined` where there is none. */
export function credentialIn(value: string): string | undefined {
  return signs.find(([, pattern]) => pattern.test(value))?.[0];
}
