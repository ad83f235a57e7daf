import { describe, expect, it } from 'vitest';
import { checkRule } from '../../../../policies/evaluation/checkRule.ts';
import { fieldAt, text } from '../../../../policies/kubernetes/fields.ts';
import { objectsOf, type KubernetesObject } from '../../../../policies/kubernetes/object.ts';
import { eachContainer, eachObject } from '../../../../policies/problems.ts';
import type { Level, Rule } from '../../../../policies/rule.ts';
import { anObjectRule, aStackRule } from '../support/testRules.ts';

const unknownText = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
const thisFile = /checkRule\.test\.ts:\d+:\d+$/;

function pod(name: string, rest: Readonly<Record<string, unknown>> = {}): KubernetesObject {
  const [object] = objectsOf({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, ...rest }, { urn: name }, name);
  if (object === undefined) throw new Error('no object');
  return object;
}

function found(rule: Rule, objects: readonly KubernetesObject[], level: Level = 'advisory', parameters = {}) {
  return checkRule(rule, objects, { level, parameters, exemptions: [] });
}

const problem = (path: string) => ({ path, problem: 'is wrong', fix: 'mend it' });

describe('a rule about each object', () => {
  it('says its problems with the object, at the level that is set', () => {
    const one = pod('one');
    const rule = anObjectRule({ name: 'test', check: () => [problem('spec')] });
    expect(found(rule, [one])).toEqual([{ ...problem('spec'), rule, level: 'advisory', kind: 'breach', object: one }]);
  });

  it('is handed its parameters', () => {
    const rule = anObjectRule({
      name: 'test',
      parameters: { most: { type: 'integer', minimum: 0, default: 1, description: 'The most.' } },
      check: (_object, { most }) => [problem(`at ${most}`)],
    });
    expect(found(rule, [pod('one')], 'mandatory', { most: 7 })).toMatchObject([{ path: 'at 7' }]);
  });

  it('is not asked while it is disabled', () => {
    const rule = anObjectRule({
      name: 'test',
      check: () => {
        throw new Error('asked');
      },
    });
    expect(found(rule, [pod('one')], 'disabled')).toEqual([]);
  });

  it('says what it found before it met an unknown value, and then which one', () => {
    const rule = anObjectRule({
      name: 'test',
      *check({ body }) {
        yield problem('spec.first');
        if (fieldAt(body, 'spec', 'second') === 2) yield problem('spec.second');
      },
    });
    expect(found(rule, [pod('one', { spec: { second: unknownText } })], 'mandatory')).toMatchObject([
      { path: 'spec.first', kind: 'breach' },
      { path: 'spec.second', kind: 'unknown', level: 'mandatory', unknown: true },
    ]);
  });

  it('looks at every container, though a value in one of them is unknown', () => {
    const rule = anObjectRule({
      name: 'test',
      check: (object) =>
        eachContainer(object, function* ({ spec }) {
          if (text(fieldAt(spec, 'image')) !== 'shop') yield problem('image');
        }),
    });
    const containers = [{ name: 'a', image: unknownText }, { name: 'b', image: 'other' }, { image: 'shop' }];
    expect(
      found(rule, [pod('one', { spec: { containers } })]).map(({ container, path, kind }) => [container, path, kind]),
    ).toEqual([
      ['a', 'spec.containers[0].image', 'unknown'],
      ['b', 'spec.containers[1].image', 'breach'],
    ]);
  });

  it.each([
    [
      'a generator',
      function* () {
        yield* [];
        throw new TypeError('no such thing');
      },
    ],
    [
      'a function',
      () => {
        throw new TypeError('no such thing');
      },
    ],
  ] as const)('that throws, as %s, is a failure with file and line, whatever its level', (_kind, check) => {
    const one = pod('one');
    const [finding, ...others] = found(anObjectRule({ name: 'test', check }), [one]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ kind: 'failure', level: 'mandatory', object: one, path: '' });
    expect(finding?.problem).toMatch(/^could not be checked: the rule threw TypeError: no such thing at \S/);
    expect(finding?.problem).toMatch(thisFile);
  });

  it('that throws out of a function of the language is placed where it called that', () => {
    const rule = anObjectRule({ name: 'test', check: () => [problem(String(JSON.parse('{')))] });
    const url = anObjectRule({ name: 'test', check: () => [problem(new URL('nowhere').href)] });
    expect(found(url, [pod('one')])[0]?.problem).toMatch(/threw TypeError: .* at \S*checkRule\.test\.ts:\d+:\d+$/s);
    expect(found(rule, [pod('one')])[0]?.problem).toMatch(/threw SyntaxError: .* at \S*checkRule\.test\.ts:\d+:\d+$/s);
  });

  it('that throws what is no error is a failure all the same', () => {
    const rule = anObjectRule({
      name: 'test',
      check: () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- what a dependency may do
        throw 'enough';
      },
    });
    expect(found(rule, [pod('one')])).toMatchObject([{ problem: 'could not be checked: the rule threw enough' }]);
  });

  it('that throws at one object is asked about the others', () => {
    const rule = anObjectRule({
      name: 'test',
      check: ({ name }) => {
        if (name === 'one') throw new Error('not this one');
        return [problem('spec')];
      },
    });
    expect(found(rule, [pod('one'), pod('two')]).map(({ kind, object }) => [object?.name, kind])).toEqual([
      ['one', 'failure'],
      ['two', 'breach'],
    ]);
  });
});

describe('a rule about objects together', () => {
  const names = aStackRule({
    name: 'test',
    check: (objects) =>
      eachObject(objects, function* ({ body }) {
        yield problem(`${objects.length} objects`);
        yield problem(text(fieldAt(body, 'nickname')) ?? 'none');
      }),
  });

  it('says its problems with each object, though a value in one of them is unknown', () => {
    const objects = [pod('one', { nickname: unknownText }), pod('two', { nickname: 'second' })];
    expect(found(names, objects).map(({ object, path, kind }) => [object?.name, path, kind])).toEqual([
      ['one', '2 objects', 'breach'],
      ['one', 'nickname', 'unknown'],
      ['two', '2 objects', 'breach'],
      ['two', 'second', 'breach'],
    ]);
  });

  it('that meets an unknown value outside of any object could not run, and names the field', () => {
    const rule = aStackRule({
      name: 'test',
      check: (objects) => objects.flatMap((object) => (fieldAt(object.body, 'nickname') === 1 ? [] : [])),
    });
    expect(found(rule, [pod('one', { nickname: unknownText })], 'mandatory')).toEqual([
      {
        rule,
        level: 'mandatory',
        kind: 'unknown',
        path: 'nickname',
        problem: 'of one of the objects is known only after the deployment, so that the rule could not run',
        fix: "a value that does not depend on another resource's outputs",
      },
    ]);
  });

  it('that throws is a failure of no object, with what it said before', () => {
    const one = pod('one');
    const rule = aStackRule({
      name: 'test',
      *check() {
        yield { ...problem('spec'), object: one };
        throw new RangeError('too far');
      },
    });
    const findings = found(rule, [one]);
    expect(findings).toMatchObject([
      { kind: 'breach', object: one },
      { kind: 'failure', level: 'mandatory' },
    ]);
    expect(findings[1]?.object).toBeUndefined();
    expect(findings[1]?.problem).toMatch(/threw RangeError: too far at \S*checkRule\.test\.ts:\d+:\d+$/);
  });

  it('is not asked while it is disabled', () => {
    expect(found(names, [pod('one')], 'disabled')).toEqual([]);
  });
});
