import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { environments } from '../../../../infra/schema/environments.ts';
import { mapping, wholeNumber } from '../../../../infra/schema/fields.ts';
import { configurationPage, refusals } from '../../../../tools/docs/configuration/configurationPage.ts';
import { configurationSections } from '../../../../tools/docs/configuration/configurationTables.ts';
import { describeSchema } from '../../../../tools/docs/configuration/describeSchema.ts';
import { refusedExamples } from '../../../../tools/docs/configuration/refusedExamples.ts';
import { environmentSchemas } from '../../../../tools/docs/generatedPages.ts';

const page = configurationPage({
  schemas: environmentSchemas(),
  examples: new Map([['dev', 'config: {}']]),
  profileNotes: 'Measured.',
});

/** A table of one key whose default is the given one in each environment. */
function tableOf(defaults: Readonly<Record<string, number>>): string {
  const schema = (fallback: number) =>
    mapping({ pods: wholeNumber({ min: 1, max: 9, unit: 'pods', description: 'Pods.' }).default(fallback) }, 'All.');
  const keys = Object.entries(defaults).map(([name, fallback]) => [name, describeSchema(schema(fallback))] as const);
  return configurationSections(new Map(keys))[0]?.tables[0]?.text ?? '';
}

describe('the page of the configuration', () => {
  it('has one column of defaults where all environments have the same, and one for each where they differ', () => {
    expect(tableOf({ dev: 2, prod: 2 })).toContain('| key | allowed | default | what it is |');
    expect(tableOf({ dev: 2, prod: 3 })).toContain('| key | allowed | dev | prod | what it is |');
    expect(tableOf({ dev: 2, prod: 3 })).toContain('| `2` | `3` |');
  });

  it('has every key of every environment', () => {
    for (const schema of environmentSchemas().values()) {
      const keys = describeSchema(schema).filter(({ form }) => form === 'value');
      expect(keys.length).toBeGreaterThan(50);
      for (const { path } of keys) expect(page).toContain(`| \`${path}\` |`);
    }
  });

  it('describes every key', () => {
    const silent = [...environmentSchemas().values()].flatMap((schema) =>
      describeSchema(schema).filter(({ description, path }) => description === '' && !/(?:\[\]|\.<key>)$/.test(path)),
    );
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it('says where a key is required that the schema has a default for', () => {
    expect(page).toMatch(/\| `storage` \| [^|]+ \| `\{"kind":"embedded"\}` \| \*\*required\*\* \| \*\*required\*\* \|/);
    expect(page).toContain('### `storage.kind: embedded`\n\nRefused in prod.');
  });

  it('shows how strategies are given in a file, in both of its formats', () => {
    expect(page).toMatch(/### `sampling\.file`.*default:\n {2}type: probabilistic.*"default_strategy": \{/s);
  });

  it('keeps table cells whole that hold a "|" or a "*"', () => {
    const schema = z.object({ key: z.string({ error: 'must be a|b or *' }).describe('One.') });
    const text = configurationSections(new Map([['dev', describeSchema(schema)]]))[0]?.tables[0]?.text;
    expect(text).toContain('| `key` | a\\|b or \\* | **required** | One. |');
  });

  it.each(refusedExamples)('shows a rule that is still there: $environment $config', (example) => {
    const [first] = refusals(example);
    expect(first?.message).not.toBe('');
    expect(page).toContain(`\`${first?.key ?? ''}\` ${first?.message ?? ''}`);
  });

  it('cannot be made with an example of a rule that is gone', () => {
    expect(() => refusals({ environment: environments[0], config: {} })).toThrow(/nothing is wrong/);
  });
});
