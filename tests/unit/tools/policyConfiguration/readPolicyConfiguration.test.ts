import { expect, test } from 'vitest';
import { PolicyConfigurationError } from '../../../../tools/policyConfiguration/configurationError.ts';
import { readPolicyConfiguration } from '../../../../tools/policyConfiguration/readPolicyConfiguration.ts';
import { anObjectRule } from '../../policies/support/testRules.ts';

const rules = [
  anObjectRule({ name: 'host-ports' }),
  anObjectRule({
    name: 'replicas',
    parameters: {
      minimum: { type: 'integer', minimum: 1, maximum: 9, default: 2, description: 'The fewest pods.' },
      ratio: { type: 'number', minimum: 1, default: 4, description: 'The highest ratio.' },
      strict: { type: 'boolean', default: false, description: 'Whether it is strict.' },
      names: { type: 'array', items: { type: 'string', format: 'regex' }, default: [], description: 'Which names.' },
      size: { type: 'string', format: 'quantity', default: '1Gi', description: 'The most memory.' },
      mode: { type: 'string', enum: ['any', 'all'], default: 'any', description: 'How many.' },
    },
  }),
];

/** What is wrong with a configuration: `line: message`. */
function problemsOf(text: string): readonly string[] {
  try {
    readPolicyConfiguration(text, 'policy.yaml', rules);
    return [];
  } catch (error) {
    if (!(error instanceof PolicyConfigurationError)) throw error;
    return error.problems.map(({ line, message }) => `${line}: ${message}`);
  }
}

const exemption = `exemptions:
  - rule: host-ports
    resource: DaemonSet/tracing/agent
    reason: Clients send to their node.
    expires: 2027-01-31
`;

test.each([
  ['nothing', ''],
  ['comments alone', '# nothing\n'],
  ['keys without anything below them', 'rules:\nenvironments:\nexemptions:\n'],
  ['an environment without anything below it', 'environments:\n  prod:\n'],
  [
    'levels, parameters and environments',
    'rules:\n  host-ports: mandatory\nenvironments:\n  qa:\n    rules: { replicas: { minimum: 3 } }\n',
  ],
  ['an exemption', exemption],
  ['one for some environments', `${exemption}    environments: [dev, qa]\n`],
  ['anchors', 'rules: &rules { host-ports: advisory }\nenvironments: { dev: { rules: *rules } }\n'],
])('%s is a configuration', (_what, text) => expect(problemsOf(text)).toEqual([]));

test.each<[string, string, string]>([
  [
    'a key that nobody knows',
    'rule: {}',
    '1: rule is not known here: did you mean "rules"?; allowed: rules, environments, exemptions',
  ],
  [
    'a rule that nobody knows',
    'rules:\n  host-port: advisory',
    '2: rules.host-port is not a rule: did you mean "host-ports"?; `npm run policy -- rules` lists the rules',
  ],
  [
    'a rule that is like no other',
    'rules:\n  images: advisory',
    '2: rules.images is not a rule; `npm run policy -- rules` lists the rules',
  ],
  [
    'a rule of an environment',
    'environments:\n  prod:\n    rules:\n      replica: advisory',
    '4: environments.prod.rules.replica is not a rule: did you mean "replicas"?; `npm run policy -- rules` lists the rules',
  ],
  [
    'a parameter that the rule has not',
    'rules:\n  replicas:\n    level: advisory\n    minimun: 3',
    '4: rules.replicas.minimun is not known here: did you mean "minimum"?; allowed: level, minimum, ratio, strict, names, size, mode',
  ],
  [
    'a level that is none',
    'rules:\n  host-ports: fatal',
    '2: rules.host-ports = "fatal": must be one of: disabled, advisory, mandatory; or a mapping of "level" and parameters',
  ],
  [
    'a level that is none, beside parameters',
    'rules:\n  replicas:\n    minimum: 3\n    level: madatory',
    '4: rules.replicas.level = "madatory": must be one of: disabled, advisory, mandatory',
  ],
  [
    'a number out of its range',
    'rules:\n  replicas: { minimum: 0 }',
    '2: rules.replicas.minimum = 0: must be from 1 to 9',
  ],
  [
    'a number below its least',
    'rules:\n  replicas: { ratio: 0.5 }',
    '2: rules.replicas.ratio = 0.5: must be 1 or more',
  ],
  ['a fraction', 'rules:\n  replicas: { minimum: 1.5 }', '2: rules.replicas.minimum = 1.5: must be a whole number'],
  [
    'a text for a number',
    "rules:\n  replicas: { minimum: '3' }",
    '2: rules.replicas.minimum = "3": must be a whole number',
  ],
  [
    'a text for a switch',
    'rules:\n  replicas: { strict: yes }',
    '2: rules.replicas.strict = "yes": must be true or false',
  ],
  ['a text for a list', 'rules:\n  replicas: { names: a }', '2: rules.replicas.names = "a": must be a list'],
  ['another word', 'rules:\n  replicas: { mode: none }', '2: rules.replicas.mode = "none": must be one of: any, all'],
  [
    'no regular expression',
    'rules:\n  replicas:\n    names:\n      - a\n      - (',
    '5: rules.replicas.names[1] = "(": is no regular expression: /(/: Unterminated group',
  ],
  [
    'no quantity',
    'rules:\n  replicas: { size: 1 GB }',
    '2: rules.replicas.size = "1 GB": must be a Kubernetes quantity, such as 500m or 256Mi',
  ],
  ['a list for rules', 'rules: [host-ports]', '1: rules = ["host-ports"]: must be a mapping'],
  ['a list for a configuration', '- rules', '1: the configuration = ["rules"]: must be a mapping'],
  [
    'an exemption of a rule that nobody knows',
    exemption.replace('host-ports', 'hostports'),
    '2: exemptions[0].rule = "hostports": is not a rule: did you mean "host-ports"?; `npm run policy -- rules` lists the rules',
  ],
  [
    'an exemption without a reason',
    exemption.replace(/ *reason.*\n/, ''),
    '2: exemptions[0] has no "reason": Why the rule is not to be applied. At least 10 characters.',
  ],
  [
    'an exemption whose reason is none',
    exemption.replace('Clients send to their node.', 'needed'),
    '4: exemptions[0].reason = "needed": is too short. It is: Why the rule is not to be applied. At least 10 characters.',
  ],
  [
    'an exemption without a last day',
    exemption.replace(/ *expires.*\n/, ''),
    '2: exemptions[0] has no "expires": The last day on which it holds, in UTC: `2027-01-31`. Afterwards it makes every run fail.',
  ],
  [
    'a day of another form',
    exemption.replace('2027-01-31', '31.1.2027'),
    '5: exemptions[0].expires = "31.1.2027": is not of the form that is asked for. It is: ' +
      'The last day on which it holds, in UTC: `2027-01-31`. Afterwards it makes every run fail.',
  ],
  [
    'a day that no calendar has',
    exemption.replace('2027-01-31', '2027-02-29'),
    '5: exemptions[0].expires = "2027-02-29": must be a day of the calendar: 2027-01-31',
  ],
  [
    'a resource without a name',
    exemption.replace('DaemonSet/tracing/agent', 'DaemonSet'),
    '3: exemptions[0].resource = "DaemonSet": is not of the form that is asked for. It is: ' +
      '`Kind/namespace/name`, or `Kind/name` without a namespace; `*` stands for any text in a part.',
  ],
  ['a key that stands twice', 'rules:\n  host-ports: advisory\n  host-ports: disabled', '3: this key stands twice'],
  ['no YAML', 'rules:\n\thost-ports: advisory\n', '2: is not YAML: Tabs are not allowed as indentation'],
  [
    'a reason of blanks',
    exemption.replace(/reason: .*/, "reason: '            '"),
    '4: exemptions[0].reason = "            ": is not of the form that is asked for. It is: Why the rule is not to be applied. ' +
      'At least 10 characters.',
  ],
  [
    'an alias of nothing',
    'rules:\n  host-ports: *level\n',
    '1: cannot be read: Unresolved alias (the anchor must be set before the alias): level',
  ],
  [
    'a second document',
    'rules: {}\n---\nrules: {}\n',
    '2: is not YAML: Source contains multiple documents; please use YAML.parseAllDocuments()',
  ],
])('%s is refused with its line and what is allowed', (_what, text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});

test('all mistakes are named at once, in the order of their lines', () => {
  const text = `${exemption.replace('2027-01-31', 'soon')}rules:\n  images: advisory\n  replicas: { minimum: 0, ratio: 0 }\n  replicas: { minimum: x }\n`;
  expect(problemsOf(text).map((problem) => problem.split(' ').slice(0, 2).join(' '))).toEqual([
    '5: exemptions[0].expires',
    '7: rules.images',
    '8: rules.replicas.minimum',
    '9: this',
  ]);
});

test('the error names file and line of each', () => {
  expect(() => readPolicyConfiguration('rules:\n  a: b\n  c: d\n', 'deploy/policy.yaml', rules)).toThrow(
    /^2 problems\ndeploy\/policy\.yaml:2: rules\.a is not a rule.*\ndeploy\/policy\.yaml:3: rules\.c is not a rule/,
  );
});

test('the line of an exemption is that of its entry', () => {
  const text = `rules: {}\n${exemption}${exemption.replace('exemptions:\n', '')}`;
  const { configuration, lineOf } = readPolicyConfiguration(text, 'policy.yaml', rules);
  expect(configuration.exemptions?.map(lineOf)).toEqual([3, 7]);
});
