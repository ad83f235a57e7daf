import { describe, expect, it } from 'vitest';
import { Breadcrumbs } from '../../../../../runtime/src/errors/capture/breadcrumbs.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';
import { accessor, redactText, trap } from './describerFixture.ts';

function breadcrumbs(limit?: number) {
  const host = new FakeHost();
  return { host, crumbs: new Breadcrumbs({ host, redactText, ...(limit !== undefined && { limit }) }) };
}

function messagesOf(crumbs: Breadcrumbs, scope?: string): string[] {
  return crumbs.recent(scope).map(({ message }) => message);
}

describe('breadcrumbs', () => {
  it('say when, what kind of thing and what', () => {
    const { host, crumbs } = breadcrumbs();
    crumbs.add('http', 'GET /orders');
    host.advance(1500);
    crumbs.add('query', 'SELECT 1', { rows: 1, isCached: false });
    expect(crumbs.recent()).toEqual([
      { at: '2026-11-27T00:00:00.000Z', kind: 'http', message: 'GET /orders' },
      { at: '2026-11-27T00:00:01.500Z', kind: 'query', message: 'SELECT 1', data: { rows: 1, isCached: false } },
    ]);
  });

  it.each([
    [0, []],
    [2, ['0', '1']],
    [3, ['0', '1', '2']],
    [4, ['1', '2', '3']],
    [8, ['5', '6', '7']],
  ])('after %i of them are the newest three, the oldest first', (count, expected) => {
    const { crumbs } = breadcrumbs(3);
    for (let number = 0; number < count; number += 1) crumbs.add('log', String(number));
    expect(messagesOf(crumbs)).toEqual(expected);
  });

  it('are a hundred where nothing else is said', () => {
    const { crumbs } = breadcrumbs();
    for (let number = 0; number < 150; number += 1) crumbs.add('log', String(number));
    expect(messagesOf(crumbs)).toEqual(Array.from({ length: 100 }, (_, index) => String(index + 50)));
  });

  it('are those of the trace or request, and of those of none what there is room for, in the order of time', () => {
    const { host, crumbs } = breadcrumbs(3);
    const add = (message: string, scope?: string): void => {
      crumbs.add('log', message, undefined, scope);
      host.advance(1);
    };
    add('none 1');
    add('a 1', 'a');
    add('none 2');
    add('b 1', 'b');
    add('a 2', 'a');
    expect(messagesOf(crumbs, 'a')).toEqual(['a 1', 'none 2', 'a 2']);
    expect(messagesOf(crumbs, 'b')).toEqual(['none 1', 'none 2', 'b 1']);
    expect(messagesOf(crumbs, 'c')).toEqual(['none 1', 'none 2']);
    expect(messagesOf(crumbs)).toEqual(['none 2', 'b 1', 'a 2']);
    add('a 3', 'a');
    add('a 4', 'a');
    expect(messagesOf(crumbs, 'a')).toEqual(['a 2', 'a 3', 'a 4']);
  });

  it('are forgotten with the oldest of all, twenty times as many as are shown', () => {
    const { crumbs } = breadcrumbs(1);
    crumbs.add('log', 'a', undefined, 'a');
    crumbs.add('log', 'none');
    expect(messagesOf(crumbs, 'c')).toEqual(['none']);
    for (let number = 0; number < 18; number += 1) crumbs.add('log', String(number), undefined, 'b');
    expect([messagesOf(crumbs, 'a'), messagesOf(crumbs, 'c')]).toEqual([['a'], ['none']]);
    crumbs.add('log', '18', undefined, 'b');
    expect([messagesOf(crumbs, 'a'), messagesOf(crumbs, 'c')]).toEqual([['none'], ['none']]);
    crumbs.add('log', '19', undefined, 'b');
    expect([messagesOf(crumbs, 'a'), messagesOf(crumbs, 'c')]).toEqual([[], []]);
    expect(messagesOf(crumbs, 'b')).toEqual(['19']);
  });

  it('are one list for all errors between two of them, with a scope that has none and without a scope', () => {
    const { crumbs } = breadcrumbs(3);
    for (const message of ['none 1', 'none 2']) crumbs.add('log', message);
    const [all, ofOther] = [crumbs.recent(), crumbs.recent('other')];
    expect([crumbs.recent(), crumbs.recent('other')].map((list, index) => list === [all, ofOther][index])).toEqual([
      true,
      true,
    ]);
    crumbs.add('log', 'a 1', undefined, 'a');
    expect(messagesOf(crumbs)).toEqual(['none 1', 'none 2', 'a 1']);
    expect(crumbs.recent('other')).toBe(ofOther);
    crumbs.add('log', 'none 3');
    expect(messagesOf(crumbs)).toEqual(['none 2', 'a 1', 'none 3']);
    expect(messagesOf(crumbs, 'other')).toEqual(['none 1', 'none 2', 'none 3']);
  });

  it('are the newest three wherever the ring begins anew', () => {
    const { crumbs } = breadcrumbs(3);
    for (let number = 1; number <= 130; number += 1) {
      crumbs.add('log', String(number), undefined, number % 2 === 0 ? 'even' : undefined);
      expect(messagesOf(crumbs)).toEqual([number - 2, number - 1, number].filter((one) => one > 0).map(String));
    }
  });

  it('are redacted by key and by text, and cut', () => {
    const { crumbs } = breadcrumbs();
    crumbs.add('k'.repeat(60), `a secret ${'x '.repeat(1000)}`, { password: 'p', note: 'a secret', ['__proto__']: 1 });
    const [crumb] = crumbs.recent();
    expect(crumb?.kind).toBe(`${'k'.repeat(49)}…`);
    expect(crumb?.message).toMatch(/^a \[redacted\] x x/);
    expect(crumb?.message).toHaveLength(1024);
    expect(crumb?.data).toEqual({ password: '[redacted]', note: 'a [redacted]' });
  });

  it('run no code of the data', () => {
    const { crumbs } = breadcrumbs();
    const hidden = accessor('told');
    const { proxy, runs } = trap({ id: 7 });
    crumbs.add('log', 'a', Object.defineProperty({ id: 7 }, 'hidden', hidden));
    crumbs.add('log', 'b', proxy);
    crumbs.add('log', 'c', { proxy });
    expect(crumbs.recent().map(({ data }) => data)).toEqual([{ id: 7 }, undefined, undefined]);
    expect([hidden.runs(), runs()]).toEqual([0, 0]);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a list', ['a']],
    ['a text', 'abc'],
    ['an empty object', {}],
  ])('have no data that is %s', (_, data) => {
    const { crumbs } = breadcrumbs();
    crumbs.add('log', 'a', data as object);
    expect(Object.keys(crumbs.recent()[0] ?? {})).toEqual(['at', 'kind', 'message']);
  });

  it('of callers without types are empty texts', () => {
    const { crumbs } = breadcrumbs();
    const [kind, message]: readonly unknown[] = [7, undefined];
    crumbs.add(kind as string, message as string);
    expect(crumbs.recent()).toEqual([{ at: '2026-11-27T00:00:00.000Z', kind: '', message: '' }]);
  });

  it.each([
    [1, ['a', 'b', 'c']],
    [2, ['a', 'a b', 'b c']],
  ])('that come after %d were asked for are shown, and what was told before stays as it was', (limit, expected) => {
    const { crumbs } = breadcrumbs(limit);
    const told = ['a', 'b', 'c'].map((message) => {
      crumbs.add('log', message);
      return [crumbs.recent(), crumbs.recent('another trace')];
    });
    const inWords = told.map((both) => both.map((shown) => shown.map(({ message }) => message).join(' ')));
    expect(inWords).toEqual(expected.map((messages) => [messages, messages]));
  });

  it('are frozen, and the same until there are new ones', () => {
    const { crumbs } = breadcrumbs();
    crumbs.add('log', 'a', { id: 7 });
    const [crumb] = crumbs.recent();
    for (const part of [crumbs.recent(), crumb, crumb?.data]) expect(part).toSatisfy(Object.isFrozen);
    expect(crumbs.recent()[0]).toBe(crumb);
    expect(crumbs.recent('a')).toBe(crumbs.recent('b'));
  });
});
