import { describe, expect, it } from 'vitest';
import { evaluate, fails, type Settings } from '../../../../policies/evaluation/evaluate.ts';
import type { Exemption } from '../../../../policies/evaluation/exemption.ts';
import { describeFinding } from '../../../../policies/evaluation/finding.ts';
import { fieldAt } from '../../../../policies/kubernetes/fields.ts';
import type { Level, Rule } from '../../../../policies/rule.ts';
import { manifestObjects } from '../../../support/manifestObjects.ts';
import { anObjectRule, aStackRule, noneIsBroken, noneIsBrokenTogether } from '../support/testRules.ts';

const objects = manifestObjects(
  ['one', 'two']
    .map((name) => `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: shop }\nbroken: true\n`)
    .join('---\n'),
);
const today = new Date('2026-06-15T12:00:00Z');
const breaks = anObjectRule({
  name: 'breaks',
  level: 'advisory',
  check: () => {
    throw new Error('out of order');
  },
});

function exemption(resource: string, change: Partial<Exemption> = {}): Exemption {
  return { rule: 'none-is-broken', resource, reason: 'It is mended next week.', expires: '2026-06-15', ...change };
}

function settings(exemptions: readonly Exemption[] = [], levels: Readonly<Record<string, Level>> = {}): Settings {
  return ({ name, level }: Rule) => ({
    level: levels[name] ?? level,
    parameters: {},
    exemptions: exemptions.filter(({ rule }) => rule === name),
  });
}

describe('evaluate', () => {
  it('asks every rule about every object', () => {
    const evaluation = evaluate([noneIsBroken, noneIsBrokenTogether], objects, settings(), today);
    expect(evaluation.findings.map(({ rule, object }) => [rule.name, object?.identity])).toEqual([
      ['none-is-broken', 'Pod/shop/one'],
      ['none-is-broken', 'Pod/shop/two'],
      ['none-is-broken-together', 'Pod/shop/one'],
      ['none-is-broken-together', 'Pod/shop/two'],
    ]);
    expect(evaluation).toMatchObject({ objects: 2, exempted: [], expired: [], unused: [] });
    expect(fails(evaluation)).toBe(true);
  });

  it('asks no rule that is disabled', () => {
    const levels = { 'none-is-broken': 'disabled' } as const;
    const evaluation = evaluate([noneIsBroken, noneIsBrokenTogether], objects, settings([], levels), today);
    expect(evaluation.rules).toEqual([noneIsBrokenTogether]);
    expect(new Set(evaluation.findings.map(({ rule }) => rule))).toEqual(new Set([noneIsBrokenTogether]));
  });

  it('does not fail for advice', () => {
    const evaluation = evaluate([noneIsBroken], objects, settings([], { 'none-is-broken': 'advisory' }), today);
    expect(evaluation.findings).toHaveLength(2);
    expect(fails(evaluation)).toBe(false);
  });

  it('names a rule that throws, fails, and lets the others report', () => {
    const evaluation = evaluate([breaks, noneIsBroken], objects.slice(0, 1), settings(), today);
    expect(evaluation.findings.map(({ rule, kind, level }) => [rule.name, kind, level])).toEqual([
      ['breaks', 'failure', 'mandatory'],
      ['none-is-broken', 'breach', 'mandatory'],
    ]);
    expect(evaluation.findings.map(describeFinding)[0]).toMatch(
      /^Pod\/shop\/one: it could not be checked: the rule threw Error: out of order at \S+evaluate\.test\.ts:\d+:\d+\. Fix: /,
    );
    expect(fails(evaluate([breaks], objects, settings(), today))).toBe(true);
  });
});

describe('exemptions', () => {
  it('take out what a rule says of the objects that they are for, and of no others', () => {
    const one = exemption('Pod/shop/one');
    const evaluation = evaluate([noneIsBroken, noneIsBrokenTogether], objects, settings([one]), today);
    expect(evaluation.exempted.map(({ exemption: by, finding }) => [by, finding.object?.name])).toEqual([[one, 'one']]);
    expect(evaluation.findings.map(({ rule, object }) => [rule.name, object?.name])).toEqual([
      ['none-is-broken', 'two'],
      ['none-is-broken-together', 'one'],
      ['none-is-broken-together', 'two'],
    ]);
  });

  it('of a rule about objects together take out what it says of one', () => {
    const one = exemption('Pod/*/one', { rule: 'none-is-broken-together' });
    const evaluation = evaluate([noneIsBrokenTogether], objects, settings([one]), today);
    expect(evaluation.findings.map(({ object }) => object?.name)).toEqual(['two']);
  });

  it('that take out all there is leave nothing to fail for', () => {
    const evaluation = evaluate([noneIsBroken], objects, settings([exemption('Pod/shop/*')]), today);
    expect(evaluation).toMatchObject({ findings: [], unused: [], expired: [] });
    expect(evaluation.exempted).toHaveLength(2);
    expect(fails(evaluation)).toBe(false);
  });

  it('that nothing needs are named, and are no failure', () => {
    const unneeded = exemption('Pod/shop/three');
    const evaluation = evaluate([noneIsBroken], [], settings([unneeded]), today);
    expect(evaluation).toMatchObject({ unused: [unneeded], exempted: [], expired: [] });
    expect(fails(evaluation)).toBe(false);
  });

  it('that another one forestalls are needed by nothing', () => {
    const [first, second] = [exemption('Pod/shop/*'), exemption('Pod/shop/one')];
    const evaluation = evaluate([noneIsBroken], objects, settings([first, second]), today);
    expect(evaluation.unused).toEqual([second]);
  });

  it('whose last day is over take nothing out, and fail whether they would be needed or not', () => {
    const late = exemption('Pod/shop/one', { expires: '2026-06-14' });
    const needless = exemption('Pod/shop/three', { expires: '2026-06-14' });
    const evaluation = evaluate([noneIsBroken], objects, settings([late, needless]), today);
    expect(evaluation).toMatchObject({ expired: [late, needless], unused: [], exempted: [] });
    expect(evaluation.findings).toHaveLength(2);
    expect(fails(evaluate([noneIsBroken], [], settings([needless]), today))).toBe(true);
  });

  it('of a rule that is disabled are unused, or expired, like any others', () => {
    const [holding, late] = [exemption('Pod/shop/one'), exemption('Pod/shop/two', { expires: '2026-06-14' })];
    const evaluation = evaluate(
      [noneIsBroken],
      objects,
      settings([holding, late], { 'none-is-broken': 'disabled' }),
      today,
    );
    expect(evaluation).toMatchObject({ findings: [], unused: [holding], expired: [late] });
    expect(fails(evaluation)).toBe(true);
  });

  it('take out a rule that could not run because a value is unknown', () => {
    const rule = anObjectRule({ name: 'reads', check: ({ body }) => (fieldAt(body, 'value') === 1 ? [] : []) });
    const unknown = manifestObjects(
      'apiVersion: v1\nkind: Pod\nmetadata: { name: one }\nvalue: 04da6b54-80e4-46f7-96ec-b56ff0331ba9\n',
    );
    const exempt = exemption('Pod/one', { rule: 'reads' });
    expect(evaluate([rule], unknown, settings(), today).findings).toMatchObject([{ kind: 'unknown' }]);
    expect(evaluate([rule], unknown, settings([exempt]), today)).toMatchObject({ findings: [], unused: [] });
  });

  it('never take out a rule that is broken', () => {
    const all = exemption('*/*/*', { rule: 'breaks' });
    const evaluation = evaluate([breaks], objects, settings([all]), today);
    expect(evaluation.findings.map(({ kind }) => kind)).toEqual(['failure', 'failure']);
    expect(evaluation).toMatchObject({ exempted: [], unused: [all] });
  });

  it('never take out what is said of no object', () => {
    const rule = aStackRule({
      name: 'together',
      check: (all) => all.flatMap(({ body }) => (fieldAt(body, 'value') === 1 ? [] : [])),
    });
    const unknown = manifestObjects('apiVersion: v1\nkind: Pod\nvalue: 04da6b54-80e4-46f7-96ec-b56ff0331ba9\n');
    const all = exemption('*/*', { rule: 'together' });
    expect(evaluate([rule], unknown, settings([all]), today).findings).toMatchObject([{ kind: 'unknown' }]);
  });
});
