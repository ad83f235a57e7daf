import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { field } from '../../../../policies/kubernetes/fields.ts';
import type { ParameterSchemas } from '../../../../policies/parameters.ts';
import { objectRule, type RuleFacts } from '../../../../policies/rule.ts';
import { ruleGroups, type RuleGroup } from '../../../../policies/rules/ruleGroups.ts';
import { prose } from '../../../../tools/docs/markdown.ts';
import { policyGroupPage, policyPage } from '../../../../tools/docs/policies/policyPage.ts';
import { sourcedRules } from '../../../../tools/docs/policies/policySources.ts';

const checkout = fileURLToPath(new URL('../../../..', import.meta.url));

function group(change: Partial<RuleFacts> = {}, parameters: ParameterSchemas = {}): RuleGroup {
  const rule = objectRule({
    name: 'two-names',
    asks: 'Every object has a <nickname>.',
    severity: 'low',
    level: 'mandatory',
    rationale: 'Nobody knows the others.',
    link: 'https://kubernetes.io/docs/',
    passes: 'apiVersion: v1\nkind: Pod\nnickname: shop\n',
    fails: 'apiVersion: v1\nkind: Pod\n',
    parameters,
    ...change,
    *check(object) {
      if (field(object.body, 'nickname') !== undefined) return;
      yield { path: 'nickname', problem: 'is missing: it must be there', fix: 'nickname: shop' };
    },
  });
  return { folder: 'names', title: 'Names, and what has some', rules: [rule] };
}

function page(...rule: Parameters<typeof group>): string {
  return policyGroupPage(group(...rule));
}

function index(...rule: Parameters<typeof group>): string {
  return policyPage([group(...rule), { folder: 'nothing', title: 'Nothing', rules: [] }]);
}

function section(text: string): string {
  return text.slice(text.indexOf('## two-names'));
}

describe('the pages of policies', () => {
  it('has a section for every rule that says all there is to say', () => {
    expect(section(page()).split('\n\n')).toEqual([
      '## two-names',
      'Every object has a \\<nickname>.',
      'Nobody knows the others.',
      'Severity: low · level: mandatory · asked of each object by itself · [more on it](https://kubernetes.io/docs/) · ' +
        '[source](../../policies/rules/names/twoNames.ts)',
      'This passes:',
      '```yaml\napiVersion: v1\nkind: Pod\nnickname: shop\n```',
      'This fails:',
      '```yaml\napiVersion: v1\nkind: Pod\n```',
      'The rule says:',
      '```text\nPod/two-names: nickname is missing: it must be there. Fix: nickname: shop\n```',
      'In `policy.yaml`:',
      '```yaml\nrules:\n  two-names: advisory\n```',
    ]);
  });

  it('lists rules by group, with a way to each, and leaves out groups without rules', () => {
    expect(index()).toContain('**[Names, and what has some](policies/names.md)**');
    expect(index()).toContain(
      '| [two-names](policies/names.md#two-names) | mandatory | low | Every object has a \\<nickname>. |',
    );
    expect(index()).not.toContain('Nothing');
  });

  it.each([
    [{}, 'mandatory'],
    [{ levels: { dev: 'disabled' } }, 'mandatory; dev: disabled'],
    [
      { level: 'advisory', levels: { staging: 'mandatory', prod: 'mandatory' } },
      'advisory; staging: mandatory; prod: mandatory',
    ],
    [{ levels: { prod: 'mandatory' } }, 'mandatory'],
  ] satisfies [Partial<RuleFacts>, string][])('says of the levels %j "%s"', (change, text) => {
    expect(index(change)).toContain(`| ${text} | low |`);
    expect(section(page(change))).toContain(`· level: ${text} ·`);
  });

  it('describes parameters of every type, and shows how to set them', () => {
    const text = section(
      page(
        {},
        {
          most: { type: 'integer', minimum: 1, maximum: 9, default: 3, description: 'The most names, in [names].' },
          least: { type: 'number', minimum: 0.5, default: 1, description: 'The fewest.' },
          strict: { type: 'boolean', default: false, description: 'Whether all count.' },
          form: { type: 'string', format: 'regex', default: '^a|b$', description: 'How they look.' },
          size: { type: 'string', format: 'quantity', default: '1Gi', description: 'How much.' },
          case: { type: 'string', enum: ['lower', 'upper'], default: 'lower', description: 'Which case.' },
          allowed: { type: 'array', items: { type: 'string' }, default: [], description: 'Which names.' },
          refused: {
            type: 'array',
            items: { type: 'string', format: 'regex' },
            default: ['x'],
            description: 'Others.',
          },
        },
      ),
    );
    expect(text).toContain(
      [
        '| parameter | type | default | allowed | what it is |',
        '| --- | --- | --- | --- | --- |',
        '| `most` | whole number | `3` | 1 to 9 | The most names, in \\[names\\]. |',
        '| `least` | number | `1` | 0.5 or more | The fewest. |',
        '| `strict` | switch | `false` | true or false | Whether all count. |',
        '| `form` | regular expression | `"^a\\|b$"` | any | How they look. |',
        '| `size` | quantity | `"1Gi"` | any | How much. |',
        '| `case` | text | `"lower"` | `"lower"`, `"upper"` | Which case. |',
        '| `allowed` | list of texts | `[]` | any | Which names. |',
        '| `refused` | list of regular expressions | `["x"]` | any | Others. |',
      ].join('\n'),
    );
    const yaml = /In `policy.yaml`:\n\n```yaml\n(?<yaml>.*)```/s.exec(text)?.groups?.['yaml'] ?? '';
    const parameters = {
      most: 3,
      least: 1,
      strict: false,
      form: '^a|b$',
      size: '1Gi',
      case: 'lower',
      allowed: [],
      refused: ['x'],
    };
    expect(parse(yaml)).toEqual({ rules: { 'two-names': { level: 'advisory', ...parameters } } });
  });

  it('reads examples with the parameters that they need, and says so', () => {
    const parameters = {
      names: { type: 'array', items: { type: 'string' }, default: [], description: 'Which.' },
    } as const;
    const text = section(page({ exampleParameters: { names: ['shop'] } }, parameters));
    expect(text).toContain('With the parameters that stand below, this passes:');
    expect(text).toContain('rules:\n  two-names:\n    level: advisory\n    names:\n      - shop\n');
  });

  it('is not made while an example that fails does not fail', () => {
    expect(() => page({ fails: 'apiVersion: v1\nkind: Pod\nnickname: shop\n' })).toThrow(
      'two-names: finds nothing wrong in its example that fails',
    );
  });

  it.each(ruleGroups.flatMap(sourcedRules).map(({ rule, file }) => [rule.name, file]))(
    'names the file of %s',
    (_name, file) => expect(existsSync(join(checkout, file))).toBe(true),
  );
});

describe('prose', () => {
  it.each([
    ['`verbs: ["*"]` and [*]', '`verbs: ["*"]` and \\[\\*\\]'],
    ['NET_RAW, _a_', 'NET_RAW, \\_a\\_'],
    ['a < b \\ c', 'a \\< b \\\\ c'],
  ])('makes %s to %s', (text, markdown) => expect(prose(text)).toBe(markdown));
});
