import type * as z from 'zod';
import { stringify } from 'yaml';
import { parseStackArguments } from '../../../infra/schema/parseStackConfig.ts';
import { StackConfigError, type ConfigProblem } from '../../../infra/schema/stackConfigError.ts';
import { code, fenced, generatedFrom, paragraphs, table } from '../markdown.ts';
import { configurationSections, type ConfigurationSection } from './configurationTables.ts';
import { describeSchema, type DescribedKey } from './describeSchema.ts';
import { profileSection } from './profileSection.ts';
import { samplingFileSection } from './samplingFileSection.ts';
import { refusedExamples, type RefusedExample } from './refusedExamples.ts';

/** What the page of the configuration is made of. */
export interface ConfigurationSources {
  /** The schema of each environment, under the environment's name. */
  readonly schemas: ReadonlyMap<string, z.core.$ZodType>;
  /** The file of each environment's stack, under the environment's name. */
  readonly examples: ReadonlyMap<string, string>;
  /** What is said about the numbers of the profiles, as it stands beside them. */
  readonly profileNotes: string;
}

const intro = `
All keys live under \`tracewright:\` in \`Pulumi.<stack>.yaml\`; \`TracingStack\` takes the same ones as arguments. A key that is
left out gets the default of the stack's environment. Everything is checked before anything is deployed, and all problems
are reported at once. \`npm run preview -- --stack <name>\` does that without a cluster.

Beside them, every stack's file sets two keys of the Kubernetes provider to \`'true'\`: \`kubernetes:enableConfigMapMutable\` and
\`kubernetes:enableSecretMutable\`. Without them the provider replaces a ConfigMap or Secret whose data change, and sampling
strategies or a password could not change without a restart.

In the tables, **required** means: within its mapping. A dash stands for a key that may be left out and then is not there.
\`[]\` stands for each entry of a list.
`.trim();

/** The page of all keys: tables, rules between keys, profiles, one whole example for each environment. */
export function configurationPage({ schemas, examples, profileNotes }: ConfigurationSources): string {
  const keys = new Map([...schemas].map(([name, schema]) => [name, requiredWhereMissed(name, describeSchema(schema))]));
  return paragraphs(
    '# Configuration',
    generatedFrom('infra/schema and Pulumi.*.yaml'),
    intro,
    ...configurationSections(keys).map((section) => sectionText(section, [...schemas.keys()])),
    rulesSection(),
    profileSection(profileNotes),
    '## Examples',
    ...[...examples].flatMap(([name, text]) => [`### ${name}`, fenced('yaml', text)]),
  );
}

/** A default that the schema has, but an environment does not take unasked, is none there. */
function requiredWhereMissed(environment: string, keys: readonly DescribedKey[]): readonly DescribedKey[] {
  const missed = new Set(problemsOf({ environment }).map(({ key }) => key));
  return keys.map((key) => (missed.has(key.path) ? { ...key, fallback: { kind: 'required' } } : key));
}

function sectionText(
  { title, intro: sectionIntro, tables }: ConfigurationSection,
  environments: readonly string[],
): string {
  return paragraphs(
    `## ${title}`,
    sectionIntro,
    ...tables.flatMap(({ variant, text }) =>
      variant === '' ? [text] : [`### ${code(variant)}`, refusedIn(variant, environments), text],
    ),
    // The file's content takes the place of the key before the schema sees it.
    title === 'sampling' ? samplingFileSection() : '',
  );
}

/** The environments that do not take this form of a top-level key at all, as a sentence. */
function refusedIn(variant: string, environments: readonly string[]): string {
  const [, key, discriminator, value] = /^(\w+)\.(\w+): (.+)$/.exec(variant) ?? [];
  if (key === undefined || discriminator === undefined) return '';
  const refusing = environments.filter((environment) =>
    problemsOf({ environment, [key]: { [discriminator]: value } }).some(
      (problem) => problem.key === `${key}.${discriminator}`,
    ),
  );
  return refusing.length === 0 ? '' : `Refused in ${refusing.join(' and ')}.`;
}

function rulesSection(): string {
  const rows = refusedExamples.map((example) => [
    example.environment,
    code(stringify(example.config, { collectionStyle: 'flow', lineWidth: 0 }).trim()),
    refusals(example)
      .map(({ key, message }) => `${code(key)} ${message}`)
      .join('<br>'),
  ]);
  return paragraphs(
    '## Rules between keys',
    'What is refused though each key would be allowed by itself, and what it is answered with:',
    table(['environment', 'configuration', 'answer'], rows),
  );
}

/** What a configuration that must be refused is answered with. @throws Error when it is accepted: the rule is gone. */
export function refusals({ environment, config }: RefusedExample): readonly ConfigProblem[] {
  const problems = problemsOf({ environment, ...config });
  if (problems.length > 0) return problems;
  throw new Error(`refusedExamples.ts: nothing is wrong in ${environment} with ${JSON.stringify(config)} any more`);
}

function problemsOf(config: Readonly<Record<string, unknown>>): readonly ConfigProblem[] {
  try {
    parseStackArguments(config, 'documentation');
    return [];
  } catch (error) {
    if (error instanceof StackConfigError) return error.problems;
    throw error;
  }
}
