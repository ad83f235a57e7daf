import type { ErrorCategory } from '../../errorCategory.ts';
import type { RuleSet } from '../classification.ts';
import { classificationOf } from '../codeTable.ts';
import { remembered } from '../remembered.ts';
import { FRAMEWORK_CLASSES, PLATFORM_CLASSES } from '../tables/knownClasses.ts';

const LONGEST_NAME = 128;

/** Words for what keeps data. */
export const DATABASE_WORDS =
  /database|sql|redis|mongo|sequeliz|prisma|typeorm|cassandra|neo4j|couchbase|elasticsearch|opensearch|dynamo_?db|repositor|query_?failed|deadlock|transaction_?failed/i;

/**
 * What the words in the name of a class or in a code say, those first that say most. A state or a transition that is invalid is
 * a rule of the application's.
 */
const WORDS: readonly (readonly [ErrorCategory, RegExp])[] = [
  [
    'authentication',
    /auth(?!or(?!i[sz]))|login|sign_?in|credential|passw|token|jwt|permission|forbidden|access_?denied|session_?(?:expired|invalid)/i,
  ],
  ['database', DATABASE_WORDS],
  ['external_service', /gateway|upstream|external|third_?party|remote|http_?error|api_?error|webhook/i],
  ['network', /timeout|timed_?out|network|socket|connection|dns_|dnserror|unreachable/i],
  [
    'validation',
    /validat|malformed|bad_?request|schema|pars(?:e_?|ing)(?:error|fail)|invalid(?!.*(?:state|transition|status|operation))/i,
  ],
];

/** The words in the name of a class that no library is known to have, or in a code. */
export function nameRules(): RuleSet {
  const platform = new Set([...PLATFORM_CLASSES, ...FRAMEWORK_CLASSES]);
  const words = WORDS.map(([category, pattern]) => ({ pattern, told: classificationOf(category, 'name.words') }));
  const toldBy = remembered((name) =>
    name.length > LONGEST_NAME ? undefined : words.find(({ pattern }) => pattern.test(name))?.told,
  );
  return ({ type, classes, code }) => {
    if (classes.length === 0) return undefined;
    const byType = platform.has(type) ? undefined : toldBy(type);
    return byType ?? (code === undefined || !code.includes('_') ? undefined : toldBy(code));
  };
}
