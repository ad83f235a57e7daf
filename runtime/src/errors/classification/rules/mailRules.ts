import type { RuleSet } from '../classification.ts';
import { classificationOf, codeTable } from '../codeTable.ts';
import { MAIL_CODES } from '../tables/mailCodes.ts';

/** What becomes of a mail that is not sent. */
export function mailRules(): RuleSet {
  const codes = codeTable('mail.code', MAIL_CODES);
  const refused = classificationOf('external_service', 'mail.code');
  return ({ code, properties }) => {
    const known = code === undefined ? undefined : codes.get(code);
    const isAnswered = typeof properties['responseCode'] === 'number';
    return known?.category === 'validation' && isAnswered ? refused : known;
  };
}
