import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { parseQuantity } from '../../../../policies/kubernetes/quantity.ts';
import type { ParameterSchema } from '../../../../policies/parameters.ts';
import type { Rule } from '../../../../policies/rule.ts';
import { allRules } from '../../../../policies/rules/allRules.ts';
import { ruleGroups } from '../../../../policies/rules/ruleGroups.ts';
import { parse } from '../../../../tools/docs/components/readComponents.ts';
import { textOf } from '../../../../tools/docs/components/tsdoc.ts';
import { camelCase } from '../../../../tools/docs/policies/policySources.ts';
import { isRegex } from '../support/isRegex.ts';

const checkout = fileURLToPath(new URL('../../../..', import.meta.url));
const rulesDirectory = join(checkout, 'policies/rules');
const index = readFileSync(join(checkout, 'docs/policies.md'), 'utf8');

/** The most lines that stand in one example of a rule and not in the other. */
const mostDifferentLines = 10;

const folders = readdirSync(rulesDirectory, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const files = folders.flatMap((folder) =>
  readdirSync(join(rulesDirectory, folder)).map((name) => ({ folder, path: join(rulesDirectory, folder, name) })),
);
const ruleFiles = (await Promise.all(files.map(async (file) => ({ ...file, rules: await rulesOf(file.path) })))).filter(
  ({ rules }) => rules.length > 0,
);

/** The rules that a file exports by themselves, with the names of the exports. */
async function rulesOf(path: string): Promise<readonly (readonly [string, Rule])[]> {
  const module: unknown = await import(path);
  return Object.entries(Object(module) as Readonly<Record<string, unknown>>).filter((entry): entry is [string, Rule] =>
    isRule(entry[1]),
  );
}

function isRule(value: unknown): value is Rule {
  return typeof value === 'object' && value !== null && 'check' in value && 'name' in value;
}

/** How many lines one of two texts has and the other has not. */
function differentLines(one: string, other: string): number {
  const lacking = (some: readonly string[], all: readonly string[]): number => {
    const left = [...all];
    return some.filter((line) => {
      const at = left.indexOf(line);
      if (at !== -1) left.splice(at, 1);
      return at === -1;
    }).length;
  };
  return lacking(one.split('\n'), other.split('\n')) + lacking(other.split('\n'), one.split('\n'));
}

function docOf(path: string, constant: string): string {
  const statement = parse(path)
    .statements.filter(ts.isVariableStatement)
    .find(({ declarationList }) => declarationList.declarations.some(({ name }) => name.getText() === constant));
  return statement === undefined ? '' : textOf(statement);
}

/** Whether a value is one that its schema allows, as far as types do not say so. */
function allows(schema: ParameterSchema): boolean {
  switch (schema.type) {
    case 'integer':
    case 'number':
      return (
        schema.default >= schema.minimum &&
        schema.default <= (schema.maximum ?? Infinity) &&
        (schema.type === 'number' || Number.isInteger(schema.default))
      );
    case 'boolean':
      return true;
    case 'string':
      if (schema.format === 'quantity') return schema.default === '' || parseQuantity(schema.default) !== undefined;
      return schema.enum?.includes(schema.default) ?? (schema.format !== 'regex' || isRegex(schema.default));
    case 'array':
      return schema.items.format !== 'regex' || schema.default.every(isRegex);
  }
}

const aSentence = /^[A-Za-z`].*[^.]\.$/s;

describe('the folders of rules', () => {
  it('each have a group, and each group has a folder', () => {
    expect(ruleGroups.map(({ folder }) => folder).sort()).toEqual([...folders].sort());
  });

  it('hold every rule of the pack, and the pack every rule of theirs', () => {
    const exported = ruleFiles.flatMap(({ rules }) => rules.map(([, rule]) => rule.name));
    expect(exported.sort()).toEqual(allRules.map(({ name }) => name).sort());
  });
});

describe.each(
  ruleFiles.map(({ folder, path, rules }) => [`${folder}/${basename(path)}`, { folder, path, rules }] as const),
)('%s', (_file, { folder, path, rules }) => {
  const name = basename(path, '.ts');

  it('exports one rule, and file, export and rule have the same name', () => {
    expect(rules.map(([constant, rule]) => [constant, camelCase(rule.name)])).toEqual([[name, name]]);
  });

  it("stands in its folder's list", () => {
    const listed = ruleGroups.find((one) => one.folder === folder)?.rules ?? [];
    expect(rules.filter(([, rule]) => !listed.includes(rule)).map(([, rule]) => rule.name)).toEqual([]);
  });

  it('says what it is', () => expect(docOf(path, name)).toMatch(aSentence));
});

describe.each(allRules.map((rule) => [rule.name, rule] as const))('%s', (name, rule) => {
  it('has sentences that say what it asks and why', () => {
    expect(rule.asks).toMatch(aSentence);
    expect(rule.rationale).toMatch(aSentence);
  });

  it('leads to a page of documentation', () => {
    expect(new URL(rule.link).protocol).toBe('https:');
  });

  it('has examples that differ in few lines', () => {
    const lines = differentLines(rule.passes, rule.fails);
    expect(lines).toBeGreaterThan(0);
    expect(lines).toBeLessThanOrEqual(mostDifferentLines);
  });

  it('has parameters that say what they are, with defaults that are allowed, under names of their own', () => {
    const parameters = Object.entries(rule.parameters);
    expect(parameters.filter(([, { description }]) => !aSentence.test(description))).toEqual([]);
    expect(parameters.filter(([, schema]) => !allows(schema))).toEqual([]);
    const taken = ['level'];
    expect(Object.keys(rule.parameters).filter((parameter) => taken.includes(parameter))).toEqual([]);
  });

  it('has a section on the page of its group, and a way to it', () => {
    const folder = ruleGroups.find(({ rules }) => rules.includes(rule))?.folder ?? '';
    expect(readFileSync(join(checkout, `docs/policies/${folder}.md`), 'utf8')).toContain(`\n## ${name}\n`);
    expect(index).toContain(`](policies/${folder}.md#${name})`);
  });
});
