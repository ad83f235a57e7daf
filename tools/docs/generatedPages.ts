import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import ts from 'typescript';
import * as z from 'zod';
import { ALL_SETTINGS } from '../../runtime/src/tracing/configuration/settings/allSettings.ts';
import { configurationSchema } from '../../policies/configuration/configurationSchema.ts';
import { ruleGroups, type RuleGroup } from '../../policies/rules/ruleGroups.ts';
import { environmentDefaults, environments } from '../../infra/schema/environments.ts';
import { stackConfigSchema } from '../../infra/schema/stackConfigSchema.ts';
import { stackDefaults } from '../../infra/schema/stackDefaults.ts';
import { portTable } from './architecture/portTable.ts';
import { componentIndex, componentPage } from './components/componentPage.ts';
import { moduleName, pageName, parse, readComponents } from './components/readComponents.ts';
import { textOf } from './components/tsdoc.ts';
import { configurationPage } from './configuration/configurationPage.ts';
import { coveragePage } from './specification/coveragePage.ts';
import { readTags } from './specification/readTags.ts';
import { specRows } from './specification/specRows.ts';
import { dashboardFiles, dashboardsDirectory } from './dashboards/dashboards.ts';
import { policyGroupPage, policyPage } from './policies/policyPage.ts';
import { runtimeDirectory, runtimePages } from './runtime/runtimePages.ts';
import { flowTable } from './security/flowTable.ts';
import { roleTable } from './security/roleTable.ts';
import { readMeasuredCosts, type MeasuredCosts } from './sizing/measuredCosts.ts';
import { sizingSections } from './sizing/sizingSections.ts';
import { allChecks } from '../validate/allChecks.ts';
import { allProbes } from '../validate/allProbes.ts';
import { jsonReportSchema } from '../validate/report/jsonReport.ts';
import { checkTable, probeTable } from './validate/checkTables.ts';
import type { GeneratedPage } from './generatedPage.ts';
import { replaceSection } from './replaceSection.ts';

const componentsDirectory = 'docs/components';
const policiesDirectory = 'docs/policies';

/** The schema of each environment, with the environment's own profile. */
export function environmentSchemas(): ReadonlyMap<string, z.core.$ZodType> {
  return new Map(
    environments.map((environment) => {
      const { profile } = environmentDefaults[environment];
      return [environment, stackConfigSchema(environment, profile, stackDefaults(environment))];
    }),
  );
}

/** Every generated page, formatted as the rest of the repository is. */
export async function generatePages(
  checkout: string,
  schemas = environmentSchemas(),
  groups = ruleGroups,
  settings = ALL_SETTINGS,
): Promise<readonly GeneratedPage[]> {
  const pages = [
    { path: 'docs/configuration.md', text: configurationPage({ schemas, ...configurationSources(checkout) }) },
    withSections(checkout, 'docs/architecture.md', { ports: portTable() }),
    withSections(checkout, 'docs/security.md', { flows: flowTable(), roles: roleTable() }),
    withSections(checkout, 'docs/sizing.md', sizingSections(measuredCosts(checkout))),
    { path: 'docs/coverage.md', text: coveragePage(specRows, readTags(checkout, specRows)) },
    ...validatePages(checkout),
    ...policyPages(groups),
    ...componentPages(checkout),
    ...runtimePages(checkout, settings),
    ...dashboardFiles(),
  ];
  return Promise.all(pages.map((page) => formatted(checkout, page)));
}

function validatePages(checkout: string): readonly GeneratedPage[] {
  const sections = { checks: checkTable(allChecks), probes: probeTable(allProbes) };
  return [
    withSections(checkout, 'docs/validate.md', sections),
    { path: 'docs/validate.schema.json', text: JSON.stringify(z.toJSONSchema(jsonReportSchema)) },
  ];
}

function withSections(checkout: string, path: string, sections: Readonly<Record<string, string>>): GeneratedPage {
  const page = readFileSync(join(checkout, path), 'utf8');
  const text = Object.entries(sections).reduce((sum, [name, section]) => replaceSection(sum, name, section), page);
  return { path, text };
}

function measuredCosts(checkout: string): MeasuredCosts {
  return readMeasuredCosts(readFileSync(join(checkout, 'tests/bench/results/scale.json'), 'utf8'));
}

/** Pages in the generated directories that nothing generates any more. */
export function strayPages(checkout: string, pages: readonly GeneratedPage[]): readonly string[] {
  const there = [componentsDirectory, policiesDirectory, runtimeDirectory].flatMap((directory) =>
    filesIn(checkout, directory),
  );
  // The stack's own code and an example are beside the dashboards.
  const dashboards = filesIn(checkout, dashboardsDirectory).filter((path) => path.endsWith('.json'));
  return [...there, ...dashboards].filter((path) => pages.every((page) => page.path !== path));
}

function filesIn(checkout: string, directory: string): readonly string[] {
  const path = join(checkout, directory);
  return existsSync(path) ? readdirSync(path).map((name) => `${directory}/${name}`) : [];
}

function configurationSources(checkout: string): { examples: ReadonlyMap<string, string>; profileNotes: string } {
  const examples = environments.map(
    (environment) => [environment, readFileSync(join(checkout, `Pulumi.${environment}.yaml`), 'utf8')] as const,
  );
  return { examples: new Map(examples), profileNotes: docOf(join(checkout, 'infra/schema/profiles.ts'), 'profiles') };
}

/** The TSDoc of a constant. @throws Error when the file has no such constant, or it has no TSDoc. */
function docOf(path: string, constant: string): string {
  const statement = parse(path)
    .statements.filter(ts.isVariableStatement)
    .find(({ declarationList }) => declarationList.declarations.some(({ name }) => name.getText() === constant));
  const text = statement === undefined ? '' : textOf(statement);
  if (text === '') throw new Error(`${path}: ${constant} says nothing about itself`);
  return text;
}

function policyPages(groups: readonly RuleGroup[]): readonly GeneratedPage[] {
  const schema = configurationSchema(groups.flatMap(({ rules }) => rules));
  return [
    { path: 'docs/policies.md', text: policyPage(groups) },
    ...groups.map((group) => ({ path: `${policiesDirectory}/${group.folder}.md`, text: policyGroupPage(group) })),
    { path: 'docs/policy.schema.json', text: JSON.stringify(schema) },
  ];
}

function componentPages(checkout: string): readonly GeneratedPage[] {
  const components = readComponents(checkout);
  const pages = new Map(components.map(({ component, file }) => [component.name, pageName(file)]));
  const modules = new Map(components.map(({ component, file }) => [component.name, moduleName(file)]));
  return [
    {
      path: `${componentsDirectory}/README.md`,
      text: componentIndex(
        components.map(({ component }) => component),
        pages,
      ),
    },
    ...components.map((read) => ({
      path: `${componentsDirectory}/${pageName(read.file)}`,
      text: componentPage({ ...read, pages, modules }),
    })),
  ];
}

async function formatted(checkout: string, { path, text }: GeneratedPage): Promise<GeneratedPage> {
  const options = await prettier.resolveConfig(join(checkout, path));
  return { path, text: await prettier.format(text, { ...options, filepath: path }) };
}
