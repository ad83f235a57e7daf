import type { ErrorFacts } from '../../errorFacts.ts';
import type { Classification, RuleSet } from '../classification.ts';
import { classificationOf, codeTable, hasAny, prefixTable } from '../codeTable.ts';
import { ANSWER_ERRORS, HTTP_CLIENT_CODES, HTTP_CLIENT_PREFIXES, UNDICI_CODES } from '../tables/httpClientCodes.ts';
import { ANSWERED_STATUSES } from '../tables/httpStatuses.ts';

const STATUS_TEXT = /^[1-5]\d\d$/;

/** What clients of HTTP say: of the line by their codes, of the answer by its status. */
export function httpClientRules(): RuleSet {
  const undici = codeTable('http.undici', UNDICI_CODES);
  const codes = codeTable('http.client', HTTP_CLIENT_CODES);
  const prefix = prefixTable('http.client', HTTP_CLIENT_PREFIXES);
  const answered = answeredBy('http.answer');
  const answers = new Set(ANSWER_ERRORS);
  return (error, { request }) => {
    const { code } = error;
    const known = code === undefined ? undefined : (undici.get(code) ?? codes.get(code) ?? prefix(code));
    if (known !== undefined) return known.category === 'external_service' ? answered(error.status) : known;
    if (!answers.has(error.type) && !hasAny(error.classes, answers)) return undefined;
    const status = error.status ?? statusIn(code);
    return status === undefined || status === request.status ? undefined : answered(status);
  };
}

/** What another's answer with a status tells. */
export function answeredBy(rule: string): (status: number | undefined) => Classification {
  const external = classificationOf('external_service', rule);
  const authentication = classificationOf('authentication', rule);
  return (status) =>
    status !== undefined && ANSWERED_STATUSES.get(status) === 'authentication' ? authentication : external;
}

/** The status that @kubernetes/client-node, Google's and others keep in `code`. */
function statusIn(code: ErrorFacts['code']): number | undefined {
  return code !== undefined && STATUS_TEXT.test(code) ? Number(code) : undefined;
}
