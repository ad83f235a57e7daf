import { REDACTED } from '../redaction.ts';
import { type BuiltInTextRule, patternRule } from './builtInTextRule.ts';
import { SIGN } from './textSigns.ts';
import { WORD_START } from './wordStart.ts';

/** Tokens that are known by how they begin, as their issuers document it. */
const SHAPES = [
  // AWS, identifiers of keys; their secrets have no shape and are known by their keys alone.
  '(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA)[A-Z0-9]{16}(?![A-Za-z0-9])',
  'amzn\\.mws\\.[0-9a-f-]{36}',
  // Google: API keys, access and refresh tokens, client secrets.
  'AIza[\\w-]{35}',
  'ya29\\.[\\w.-]{20,}',
  'GOCSPX-[\\w-]{20,}',
  // GitHub, GitLab.
  'gh[pousr]_[A-Za-z0-9]{20,}',
  'github_pat_\\w{20,}',
  'gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|oas|ffct)-[\\w.-]{20,}',
  // Slack, Discord, Telegram.
  'xox[a-z](?:\\.xox[a-z])?-[\\w-]{10,}',
  'xapp-\\d-[\\w-]{10,}',
  '[MNO][A-Za-z\\d_-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,40}',
  '\\d{8,10}:AA[\\w-]{33}',
  // Payment: Stripe (its publishable keys are public), Square, PayPal's Braintree, Shopify.
  '(?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{10,}',
  'whsec_[A-Za-z0-9+/=]{20,}',
  'sq0(?:atp|csp|idp)-[\\w-]{22,}',
  'EAAA[\\w-]{40,}',
  'access_token\\$(?:production|sandbox)\\$\\w+\\$\\w+',
  'shp(?:at|ca|pa|ss|tka)_[a-fA-F0-9]{32}',
  // Package registries: npm, PyPI, RubyGems, crates.io, NuGet, Docker Hub.
  'npm_[A-Za-z0-9]{30,}',
  'pypi-[\\w-]{50,}',
  'rubygems_[a-f0-9]{48}',
  'cio[A-Za-z0-9]{32}(?![A-Za-z0-9])',
  'oy2[a-z0-9]{43}(?![A-Za-z0-9])',
  'dckr_(?:pat|oat)_[\\w-]{20,}',
  // Models: OpenAI and those that write keys as it does, Anthropic, Hugging Face, Replicate, Groq, xAI, Perplexity.
  'sk-(?:proj|svcacct|admin|ant|or|lf|live|test)-[\\w-]{12,}',
  'sk-[A-Za-z0-9]{20,}',
  'hf_[A-Za-z]{30,}',
  'r8_[\\w-]{30,}',
  'gsk_[A-Za-z0-9]{40,}',
  'xai-[A-Za-z0-9]{60,}',
  'pplx-[A-Za-z0-9]{40,}',
  // Mail and messages: SendGrid, Mailgun, Mailchimp, Twilio, Brevo.
  'SG\\.[\\w-]{16,32}\\.[\\w-]{16,64}',
  'key-[0-9a-f]{32}(?![0-9a-f])',
  '[0-9a-f]{32}-us\\d{1,2}(?!\\w)',
  'SK[0-9a-f]{32}(?![0-9a-f])',
  'xkeysib-[a-f0-9]{64}-\\w{16}',
  // Hosting and operations.
  'do[opr]_v1_[a-f0-9]{64}',
  'HRKU-[\\w-]{30,}',
  'hv[sbr]\\.[\\w-]{20,}',
  'dapi[a-f0-9]{32}',
  'NRAK-[A-Z0-9]{27}',
  'gl(?:sa_[A-Za-z0-9]{32}_[a-f0-9]{8}|c_eyJ[\\w+/=]{20,})',
  'pul-[a-f0-9]{40}',
  'PMAK-[a-f0-9]{24}-[a-f0-9]{34}',
  'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{30,}',
  'pscale_(?:tkn|pw|oauth)_[\\w.=-]{20,}',
  'sbp_[a-f0-9]{40}',
  'sb_secret_[\\w-]{20,}',
  'sntry[su]_[\\w+/=.-]{20,}',
  'fm[12][ar]?_[\\w+/=,-]{40,}',
  'rnd_[A-Za-z0-9]{28,}',
  'phc_[A-Za-z0-9]{40,}',
  'AGE-SECRET-KEY-1[A-Z0-9]{58}',
  'ATATT3[\\w=-]{40,}',
  'ATCTT3[\\w=-]{40,}',
  'lin_(?:api|oauth)_[A-Za-z0-9]{30,}',
  'ntn_[A-Za-z0-9]{40,}',
  'secret_[A-Za-z0-9]{43}(?![A-Za-z0-9])',
  'figd_[\\w-]{30,}',
  'pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}',
  'ops_eyJ[\\w+/=-]{50,}',
  'sl\\.[\\w-]{100,}',
  'EAA[A-Za-z0-9]{80,}',
  'A3-[A-Z0-9]{6}-[A-Z0-9]{6}-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}',
];

/**
 * JSON web tokens, signed or encrypted, whole or cut. One without a full stop is found too and let stand: were it no find, it
 * would be read again from each `eyJ` in it.
 */
const JSON_WEB_TOKEN = patternRule({
  name: 'json-web-token',
  signs: SIGN.LONG_WORD,
  oneOf: ['eyJ'],
  pattern: new RegExp(String.raw`${WORD_START}eyJ[\w-]{10,}(?:\.[\w-]*){0,4}`, 'g'),
  replace: (found) => (found.includes('.') ? REDACTED : found),
});

/** Fifteen characters are more than most words have, and fewer than any of these; Google's refresh tokens have slashes. */
const KNOWN_TOKEN = patternRule({
  name: 'known-token',
  signs: SIGN.LONG_WORD,
  pattern: new RegExp(String.raw`${WORD_START}(?:1//0[\w-]{30,}|(?=[\w.~:$-]{15})(?:${SHAPES.join('|')}))`, 'g'),
});

/** Hashes of passwords, which can be guessed: of bcrypt, argon2, scrypt, PBKDF2, crypt, LDAP, PostgreSQL, Django. */
const PASSWORD_HASH = patternRule({
  name: 'password-hash',
  signs: SIGN.DOLLAR,
  pattern:
    /\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{22,53}|\$(?:argon2(?:id|i|d)|scrypt|pbkdf2(?:-sha\d+)?|[156y])\$[\w=,.$+/-]{16,}|\{(?:S?SHA\d{0,3}|S?MD5|CRYPT)\}[\w+/=$.-]{16,}|SCRAM-SHA-\d{1,3}\$\d+:[\w+/=$:]{16,}|pbkdf2_sha\d+\$\d+\$[\w+/=$]{16,}/g,
});

/** Secrets of applications in Microsoft Entra. */
const ENTRA_SECRET = patternRule({
  name: 'entra-secret',
  signs: SIGN.TILDE,
  oneOf: ['8Q~'],
  pattern: /(?<![\w+/-])[\w.~+/-]{3}8Q~[\w.~-]{31,34}/g,
});

/** Tokens and hashes that are known for what they are. */
export const TOKEN_RULES: readonly BuiltInTextRule[] = [JSON_WEB_TOKEN, KNOWN_TOKEN, ENTRA_SECRET, PASSWORD_HASH];
