import { parseAllDocuments } from 'yaml';
import { checkRule } from '../../../policies/evaluation/checkRule.ts';
import { describeFinding } from '../../../policies/evaluation/finding.ts';
import { objectsOf } from '../../../policies/kubernetes/object.ts';
import { defaultParameters } from '../../../policies/parameters.ts';
import type { Rule } from '../../../policies/rule.ts';

/**
 * What a rule says of its example that fails, with the parameters that it has by itself, or for its examples.
 * @throws Error where it says nothing: such an example shows nothing.
 */
export function exampleFindings(rule: Rule): readonly string[] {
  const objects = parseAllDocuments(rule.fails).flatMap((document) =>
    objectsOf(document.toJS(), { file: 'example.yaml', line: 1 }, rule.name),
  );
  const parameters = { ...defaultParameters(rule.parameters), ...rule.exampleParameters };
  const settings = { level: 'mandatory' as const, parameters, exemptions: [] };
  const found = checkRule(rule, objects, settings).map(describeFinding);
  if (found.length === 0) throw new Error(`${rule.name}: finds nothing wrong in its example that fails`);
  return found;
}
