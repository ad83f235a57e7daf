import { REDACTED } from '../redaction.ts';
import { isSensitiveKey } from '../sensitiveKey.ts';
import { isHarmlessValue } from './harmlessValues.ts';
import { type BuiltInTextRule, patternRule } from './builtInTextRule.ts';
import { SIGN } from './textSigns.ts';

const ARGUMENT = String.raw`(?:"[^"\r\n]*"?|'[^'\r\n]*'?|[^\s"'\x60]+)`;

/** Options that take no secret: where it is read from, or how. */
const NO_SECRET = /(?:file|path|stdin|url|uri|type|ttl|timeout|length|name|prompt|policy)$/i;

/** `--password hunter2`; `--password=…` is a key with its value. */
const LONG_OPTION = patternRule({
  name: 'command-line-option',
  signs: SIGN.DASH,
  pattern: new RegExp(String.raw`(?<![\w-])(--?([a-zA-Z][\w-]{2,63})[ \t]+)(?!-)(${ARGUMENT})`, 'g'),
  replace: (found, head = '', option = '', value = '') =>
    isSensitiveKey(option) && !option.startsWith('no-') && !NO_SECRET.test(option) && !isHarmlessValue(value)
      ? head + quotedRedacted(value)
      : found,
});

/** Programs with a short option that takes a secret, up to where it stands; nothing is between `-p` of mysql and its secret. */
const SECRET_SHORT_OPTIONS = [
  String.raw`\b(?:mysql|mysqldump|mysqladmin|mysqlimport|mariadb|mariadb-dump)\b[^\r\n|]{0,256}? -p(?=\S)`,
  String.raw`\bsshpass[ \t]{1,4}-p[ \t]{0,4}`,
  String.raw`\b(?:docker|podman|helm|az|skopeo)\b[^\r\n|]{0,64}? login\b[^\r\n|]{0,256}? -p[ \t=]{1,4}`,
  String.raw`\b(?:mongo|mongosh|mongodump|mongorestore|sqlcmd|7z)\b[^\r\n|]{0,256}? -[pP][ \t]{0,4}`,
  String.raw`\bredis-cli\b[^\r\n|]{0,256}? -a[ \t]{1,4}`,
  String.raw`\b(?:curl|wget)\b[^\r\n|]{0,512}? (?:-u|--user|-U|--proxy-user)[ \t=]{0,4}(?=["']?[^\s:"']{0,64}:)`,
  String.raw`\bopenssl\b[^\r\n|]{0,256}? -pass(?:in|out)?[ \t]{1,4}pass:`,
];

/**
 * Short options mean something else in every program: `-p` is a port to ssh and a secret to mysql. Those are known that take
 * a secret.
 */
const SHORT_OPTION = patternRule({
  name: 'command-line-short-option',
  signs: SIGN.DASH,
  pattern: new RegExp(String.raw`(${SECRET_SHORT_OPTIONS.join('|')})(${ARGUMENT})`, 'g'),
  replace: (found, head = '', value = '') => (isHarmlessValue(value) ? found : head + quotedRedacted(value)),
});

/** What is given to programs. */
export const COMMAND_LINE_RULES: readonly BuiltInTextRule[] = [LONG_OPTION, SHORT_OPTION];

function quotedRedacted(value: string): string {
  const quote = /^["']/.exec(value)?.[0] ?? '';
  return quote + REDACTED + quote;
}
