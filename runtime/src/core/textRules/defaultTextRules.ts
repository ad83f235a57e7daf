import { ASSIGNMENT_RULE } from './assignmentRule.ts';
import { COMMAND_LINE_RULES } from './commandLineRules.ts';
import { ENCODED_ASSIGNMENT_RULE } from './encodedAssignmentRule.ts';
import { HEADER_PAIR_RULE } from './headerPairRule.ts';
import { HEADER_RULES } from './headerRules.ts';
import { NAMED_VALUE_RULES } from './namedValueRules.ts';
import { NEXT_LINE_RULE } from './nextLineRule.ts';
import { PERSONAL_DATA_RULES } from './personalDataRules.ts';
import { PRIVATE_KEY_RULES } from './privateKeyRules.ts';
import { QUOTED_VALUE_RULES } from './quotedValueRules.ts';
import type { BuiltInTextRule } from './builtInTextRule.ts';
import { TOKEN_RULES } from './tokenRules.ts';
import { URL_RULES } from './urlRules.ts';

/**
 * What is taken out of every text, in the order in which it is looked for: what says where a secret ends goes before what only
 * knows a part of it.
 */
export const DEFAULT_TEXT_RULES: readonly BuiltInTextRule[] = [
  ...PRIVATE_KEY_RULES,
  ...URL_RULES,
  ...HEADER_RULES,
  HEADER_PAIR_RULE,
  ASSIGNMENT_RULE,
  NEXT_LINE_RULE,
  ENCODED_ASSIGNMENT_RULE,
  ...QUOTED_VALUE_RULES,
  ...NAMED_VALUE_RULES,
  ...COMMAND_LINE_RULES,
  ...TOKEN_RULES,
  ...PERSONAL_DATA_RULES,
];
