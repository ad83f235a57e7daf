import { stringify } from 'yaml';
import { defaultParameters } from '../../../policies/parameters.ts';
import type { Rule } from '../../../policies/rule.ts';
import { fenced, paragraphs, prose } from '../markdown.ts';
import { exampleFindings } from './exampleFindings.ts';
import { levelText } from './levels.ts';
import { parameterTable } from './parameterTable.ts';
import type { SourcedRule } from './policySources.ts';

/** All that there is to say of one rule. @throws Error where its example that fails does not fail. */
export function ruleSection({ rule, file }: SourcedRule): string {
  return paragraphs(
    `## ${rule.name}`,
    prose(rule.asks),
    prose(rule.rationale),
    `Severity: ${rule.severity} · level: ${levelText(rule)} · asked of ${subjectText(rule)} · [more on it](${rule.link}) · [source](../../${file})`,
    parameterTable(rule.parameters),
    rule.exampleParameters === undefined ? 'This passes:' : 'With the parameters that stand below, this passes:',
    fenced('yaml', rule.passes),
    'This fails:',
    fenced('yaml', rule.fails),
    'The rule says:',
    fenced('text', exampleFindings(rule).join('\n')),
    'In `policy.yaml`:',
    fenced('yaml', stringify({ rules: { [rule.name]: configuration(rule) } })),
  );
}

function subjectText({ subject }: Rule): string {
  return subject === 'object' ? 'each object by itself' : 'all objects together';
}

/** Another level than the rule's own, and the parameters as they are by themselves or for the examples: what somebody would begin with. */
function configuration({ level, parameters, exampleParameters }: Rule): unknown {
  const other = level === 'mandatory' ? 'advisory' : 'mandatory';
  if (Object.keys(parameters).length === 0) return other;
  return { level: other, ...defaultParameters(parameters), ...exampleParameters };
}
