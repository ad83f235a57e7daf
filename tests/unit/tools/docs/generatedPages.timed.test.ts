import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { ruleGroups } from '../../../../policies/rules/ruleGroups.ts';
import { ALL_SETTINGS } from '../../../../runtime/src/tracing/configuration/settings/allSettings.ts';
import { allPorts } from '../../../../tools/docs/architecture/portTable.ts';
import { environmentSchemas, generatePages, strayPages } from '../../../../tools/docs/generatedPages.ts';
import { testKinds } from '../../../../tools/docs/specification/readTags.ts';
import { outdatedPages } from '../../../../tools/docs/outdatedPages.ts';
import { MissingSectionError, replaceSection } from '../../../../tools/docs/replaceSection.ts';

const checkout = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/\/$/, '');

const testFolders = testKinds.map((kind) => `tests/${kind}`);

// Every page is formatted anew for each test: seconds on a machine that does other things beside.
vi.setConfig({ testTimeout: 60_000 });
const pages = await generatePages(checkout);

describe('generated pages', () => {
  let copy: string;

  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'tracewright-docs-'));
    for (const part of ['docs', 'infra', 'runtime/src', '.prettierrc.json', 'tests/bench/results', ...testFolders]) {
      cpSync(join(checkout, part), join(copy, part), { recursive: true });
    }
    for (const name of ['dev', 'staging', 'prod']) {
      cpSync(join(checkout, `Pulumi.${name}.yaml`), join(copy, `Pulumi.${name}.yaml`));
    }
    for (const { path, text } of pages) writeFileSync(join(copy, path), text);
  });

  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  async function outdated(
    schemas = environmentSchemas(),
    groups = ruleGroups,
    settings = ALL_SETTINGS,
  ): Promise<readonly string[]> {
    return outdatedPages(copy, await generatePages(copy, schemas, groups, settings)).map(({ path }) => path);
  }

  function edit(path: string, change: (text: string) => string): void {
    const text = readFileSync(join(copy, path), 'utf8');
    expect(change(text)).not.toBe(text);
    writeFileSync(join(copy, path), change(text));
  }

  it('are what is in the repository', () => {
    expect(outdatedPages(checkout, pages).map(({ path }) => path)).toEqual([]);
    expect(strayPages(checkout, pages)).toEqual([]);
  });

  it('are outdated when a key of the schema is new', async () => {
    const schemas = new Map(
      [...environmentSchemas()].map(([name, schema]) => {
        if (!(schema instanceof z.ZodObject)) throw new Error('the schema is no mapping');
        return [name, schema.extend({ newKey: z.boolean().default(true).describe('New.') })] as const;
      }),
    );
    expect(await outdated(schemas)).toEqual(['docs/configuration.md']);
  });

  it('are outdated when one default of one environment changes', async () => {
    const schemas = new Map(environmentSchemas());
    const prod = schemas.get('prod');
    if (!(prod instanceof z.ZodObject)) throw new Error('the schema is no mapping');
    schemas.set('prod', prod.extend({ namespace: z.string().default('elsewhere').describe('Namespace.') }));
    expect(await outdated(schemas)).toEqual(['docs/configuration.md']);
  });

  it("are outdated when a stack's file changes", async () => {
    edit('Pulumi.prod.yaml', (text) => `${text}  tracewright:namespace: other\n`);
    expect(await outdated()).toEqual(['docs/configuration.md']);
  });

  it("are outdated when an argument's description changes", async () => {
    edit('infra/components/jaegerAgent.ts', (text) => text.replace('Host name that resolves', 'Name that resolves'));
    expect(await outdated()).toEqual(['docs/components/jaegerAgent.md']);
  });

  it('are outdated when a rule is gone', async () => {
    const [first, ...others] = ruleGroups;
    const rest = [...(first === undefined ? [] : [{ ...first, rules: first.rules.slice(1) }]), ...others];
    expect(await outdated(undefined, rest)).toEqual([
      'docs/policies.md',
      'docs/policies/container.md',
      'docs/policy.schema.json',
    ]);
  });

  it('are outdated when a rule says something else of its example', async () => {
    edit('docs/policies/container.md', (text) => text.replace('it must be', 'it should be'));
    expect(await outdated()).toEqual(['docs/policies/container.md']);
  });

  it('are outdated when a page was edited by hand', async () => {
    edit('docs/components/jaegerQuery.md', (text) => text.replace('# JaegerQuery', '# The query service'));
    expect(await outdated()).toEqual(['docs/components/jaegerQuery.md']);
  });

  it('are outdated when the default of a setting changes', async () => {
    const settings = ALL_SETTINGS.map((setting) =>
      setting.option === 'agent.host' ? { ...setting, fallback: 'elsewhere' } : setting,
    );
    expect(await outdated(undefined, undefined, settings)).toEqual(['docs/runtime/configuration.md']);
  });

  it('are outdated when an export of the runtime says something else', async () => {
    edit('runtime/src/tracing/spans/tag.ts', (text) => text.replace('one attribute of', 'an attribute of'));
    expect(await outdated()).toEqual(['docs/runtime/spans.md']);
  });

  it('are outdated when a test says that it proves another row', async () => {
    edit('tests/e2e/outputs.test.ts', (text) => text.replace('// @spec S1.9', '// @spec S1.9 S1.2'));
    expect(await outdated()).toEqual(['docs/coverage.md']);
  });

  it('are not made while a test says that it proves what is no row', async () => {
    edit('tests/e2e/outputs.test.ts', (text) => text.replace('// @spec S1.9', '// @spec S1.99'));
    await expect(generatePages(copy)).rejects.toThrow('tests/e2e/outputs.test.ts:1: "@spec S1.99" names no row');
  });

  it('are too many when the last export of a page is gone', async () => {
    edit('runtime/src/index.ts', (text) => text.replaceAll(/^.*'\.\/tracing\/logs\/.*\n/gm, ''));
    expect(strayPages(copy, await generatePages(copy))).toEqual(['docs/runtime/logs.md']);
  });

  it('are not made while an export of the runtime says nothing', async () => {
    edit('runtime/src/tracing/spans/addEvent.ts', (text) => text.replaceAll('/**', '/*'));
    await expect(generatePages(copy)).rejects.toThrow(
      'exports without a TSDoc summary: addEvent (runtime/src/tracing/spans/addEvent.ts)',
    );
  });

  it('are too many when a component is gone', async () => {
    rmSync(join(copy, 'infra/components/jaegerQuery.ts'));
    expect(strayPages(copy, await generatePages(copy))).toEqual(['docs/components/jaegerQuery.md']);
  });
});

describe('the architecture page', () => {
  const page = readFileSync(join(checkout, 'docs/architecture.md'), 'utf8');
  const diagrams = [...page.matchAll(/```mermaid\n(?<diagram>.*?)```/gs)].map((match) => match.groups?.['diagram']);
  const diagram = diagrams.join('\n');

  it.each(allPorts())('has port $number ($name) in its table and its diagrams', ({ name, number, protocol }) => {
    expect(page).toMatch(new RegExp(`^\\| ${number} +\\| \`${name}\` +\\| ${protocol} +\\|`, 'm'));
    expect(diagram).toMatch(new RegExp(`\\b${number}\\b`));
  });

  it('has no port in its diagrams that is none', () => {
    const known = new Set(allPorts().map(({ number }) => String(number)));
    expect((diagram.match(/\b\d{4,5}\b/g) ?? []).filter((number) => !known.has(number))).toEqual([]);
  });
});

describe('replaceSection', () => {
  const marked = 'a\n<!-- ports: generated by `npm run docs` -->\nold\n<!-- end of ports -->\nb\n';

  it('replaces what stands between the marks and keeps the rest', () => {
    const replaced = replaceSection(marked, 'ports', 'new');
    expect(replaced).toMatch(/^a\n<!-- ports: [^\n]+\n\nnew\n\n<!-- end of ports -->\nb\n$/);
    expect(replaceSection(replaced, 'ports', 'new')).toBe(replaced);
  });

  it('refuses a page without the marks', () => {
    expect(() => replaceSection('a\n', 'ports', 'new')).toThrow(MissingSectionError);
  });
});
