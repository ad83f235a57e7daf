import type { RuleSet } from '../classification.ts';
import { codeTable, prefixTable } from '../codeTable.ts';
import { SERVICE_CODE_PREFIXES, SERVICE_CODES } from '../tables/serviceCodes.ts';

/** What services of others answer, by codes that only their clients have. */
export function serviceRules(): RuleSet {
  const codes = codeTable('service.code', SERVICE_CODES);
  const prefix = prefixTable('service.code', SERVICE_CODE_PREFIXES);
  return ({ code }) => (code === undefined ? undefined : (codes.get(code) ?? prefix(code)));
}
