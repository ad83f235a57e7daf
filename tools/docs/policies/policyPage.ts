import type { RuleGroup } from '../../../policies/rules/ruleGroups.ts';
import { fenced, generatedFrom, paragraphs, prose, table } from '../markdown.ts';
import { levelText } from './levels.ts';
import { sourcedRules } from './policySources.ts';
import { ruleSection } from './ruleSection.ts';

const levels = `
A rule has a level. It says what a breach does:

- \`mandatory\`: the run fails.
- \`advisory\`: the breach is reported, and the run goes on.
- \`disabled\`: the rule is not asked.

Some rules have another level in \`dev\`, \`staging\` or \`prod\` by themselves; the tables say where. The environment is the stack's
\`tracewright:environment\`, or else the stack's name. Any other name is an environment too; it has the general levels. What is said later
goes before what is said earlier: the rule, the rule for the environment, the file \`policy.yaml\`, that file for the environment.`;

const severities = `
A severity says how much harm a breach can do: \`critical\` gives away the node or the cluster, \`high\` takes a service down or opens it to
others, \`medium\` makes that likelier, \`low\` costs money or time. It decides nothing by itself: what fails a run is the level.`;

const unknownValues = `
A preview does not know every value: some are outputs of resources that do not exist yet. A rule that reads such a value could not run. That
counts as a breach of the rule, so that nothing passes unseen. What the rule found before is reported all the same. Manifests have no such
values. A rule that breaks is named with file and line and fails the run at any level; the other rules still report.`;

const exemptions = `
An exemption takes objects out of one rule until a day. Each needs a reason. Every report lists them. After its last day, in UTC, an exemption
fails the run, until somebody takes it out or renews it.`;

const example = `# yaml-language-server: $schema=docs/policy.schema.json
rules:
  container-probes: advisory
environments:
  prod:
    rules:
      container-probes: mandatory
exemptions:
  - rule: container-probes
    resource: Deployment/shop/batch-* # Kind/namespace/name, or Kind/name; * is any text in a part
    reason: Ends by itself, and nothing sends it requests.
    expires: 2027-01-31
    environments: [prod] # all, where there is no such list`;

/** The page that leads to all rules. */
export function policyPage(groups: readonly RuleGroup[]): string {
  const filled = groups.filter(({ rules }) => rules.length > 0);
  return paragraphs(
    '# Policies',
    generatedFrom('policies/rules'),
    `The ${filled.flatMap(({ rules }) => rules).length} rules of the policy pack. How to run it, on a Pulumi program or on manifests: ` +
      '[policies/README.md](../policies/README.md).',
    ...[
      ['Levels and environments', levels],
      ['Severities', severities],
      ['Unknown values', unknownValues],
      ['Exemptions', exemptions],
    ].map(([title = '', text = '']) => paragraphs(`## ${title}`, text.trim())),
    '## Configuration',
    'An editor that reads the first line completes the rest and marks what is wrong ([schema](policy.schema.json)).',
    fenced('yaml', example),
    '## All rules',
    ...filled.map((group) => paragraphs(`**[${group.title}](policies/${group.folder}.md)**`, ruleTable(group))),
  );
}

/** The page of the rules of one group, with all that there is to say of each. */
export function policyGroupPage(group: RuleGroup): string {
  return paragraphs(
    `# ${group.title}`,
    generatedFrom(`policies/rules/${group.folder}`),
    'What levels, severities and unknown values are: [policies](../policies.md).',
    ...sourcedRules(group).map(ruleSection),
  );
}

function ruleTable({ folder, rules }: RuleGroup): string {
  return table(
    ['rule', 'level', 'severity', 'asks'],
    rules.map((rule) => [
      `[${rule.name}](policies/${folder}.md#${rule.name})`,
      levelText(rule),
      rule.severity,
      prose(rule.asks),
    ]),
  );
}
