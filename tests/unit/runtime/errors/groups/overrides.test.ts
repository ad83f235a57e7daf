import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../../../runtime/src/core/configurationError.ts';
import { UnknownErrorGroupError } from '../../../../../runtime/src/errors/groups/unknownErrorGroupError.ts';
import { exportErrors } from '../../../../../runtime/src/export/exportErrors.ts';
import { tracked } from '../support/trackerFixture.ts';
import { groupId, testedGroups, WALL_START } from './support/groupsFixture.ts';

const A = groupId('a');

describe('the category that somebody gives a group', () => {
  it('is that of its later errors, whatever they are about, until it is taken back', () => {
    const { groups, add } = testedGroups();
    add('a', { category: 'network' });
    expect(groups.setCategory(A, 'external_service').category).toBe('external_service');
    expect(add('a', { category: 'database' }).category).toBe('external_service');
    expect(groups.query({ category: 'external_service' }).groups.map(({ id }) => id)).toEqual([A]);
    expect(groups.query({ category: 'database' }).groups).toEqual([]);
    expect(groups.setCategory(A, undefined).category).toBe('database');
    expect(add('a', { category: 'network' }).category).toBe('network');
  });

  it('is counted from then on, and what was counted before stays', () => {
    const { groups, add } = testedGroups();
    add('a', { category: 'network' });
    groups.setCategory(A, 'validation');
    add('a', { category: 'network' });
    const { byCategory } = groups.statistics.over('1m');
    expect([byCategory.network.errors, byCategory.validation.errors]).toEqual([1, 1]);
  });

  it('is what severity follows from, with the next error', () => {
    const { groups, add } = testedGroups();
    expect(add('a', { category: 'validation' }).severity).toBe('low');
    expect(groups.setCategory(A, 'database').severity).toBe('low');
    expect(add('a', { category: 'validation' }).severity).toBe('high');
  });

  it('is kept with who gave it, when and why, without secrets, and outlasts a resolution', () => {
    const { groups, add, group } = testedGroups();
    add('a');
    groups.setCategory(A, 'system', { by: 'x'.repeat(300), note: 'password=hunter2' });
    const override = { to: 'system', at: WALL_START, by: `${'x'.repeat(199)}…`, note: 'password=[redacted]' };
    expect(group('a').categoryOverride).toEqual(override);
    expect(Object.isFrozen(group('a').categoryOverride)).toBe(true);
    groups.resolve(A);
    add('a', { category: 'network' });
    expect(group('a')).toMatchObject({ category: 'system', isRegressed: true, categoryOverride: override });
  });

  it('keeps a group longer than those that nobody has looked at', () => {
    const { groups, add } = testedGroups({ maxGroups: 2 });
    for (const name of ['a', 'b']) add(name);
    groups.setCategory(A, 'system');
    add('b');
    add('c');
    expect(groups.query({}, { order: 'firstSeen' }).groups.map(({ id }) => id)).toEqual([groupId('c'), A]);
  });

  it('is counted in memory', () => {
    const { groups, add } = testedGroups();
    add('a');
    const before = groups.counts().bytes;
    groups.setCategory(A, 'system', { note: 'x'.repeat(1000) });
    expect(groups.counts().bytes - before).toBeGreaterThanOrEqual(2000);
    groups.setCategory(A, undefined);
    expect(groups.counts().bytes).toBe(before);
  });

  it('is told to listeners, and so is a severity', () => {
    const { groups, add } = testedGroups();
    add('a');
    const told: unknown[] = [];
    groups.listen({ overridden: ({ category, severity }, what) => told.push([what, category, severity]) });
    groups.setCategory(A, 'system', { by: 'ann' });
    groups.setSeverity(A, 'low', { by: 'ann' });
    groups.setCategory(A, undefined);
    expect(told).toEqual([
      ['category', 'system', 'medium'],
      ['severity', 'system', 'low'],
      ['category', 'unknown', 'low'],
    ]);
  });

  it('is exported', async () => {
    const { groups, add } = testedGroups();
    add('a');
    groups.setCategory(A, 'system', { by: 'ann' });
    const csv = await text(exportErrors(groups, { format: 'csv' }));
    expect(csv).toContain('category,severity,category_overridden,severity_overridden,');
    expect(csv).toContain(',system,medium,true,false,open,');
    const ndjson = await text(exportErrors(groups, { format: 'ndjson' }));
    expect(ndjson).toContain(`"categoryOverride":{"to":"system","at":"${WALL_START}","by":"ann"}`);
  });

  it('is refused where it is none, where the group is not kept, and with options that are not allowed', () => {
    const { groups, add, group } = testedGroups();
    add('a');
    const before = group('a');
    expect(() => groups.setCategory(A, 'bad luck' as 'unknown')).toThrow(
      new RangeError(
        'category is "bad luck"; allowed: system, database, network, authentication, validation, business_logic, ' +
          'external_service, unknown',
      ),
    );
    expect(() => groups.setCategory(groupId('b'), 'system')).toThrow(UnknownErrorGroupError);
    const who: object = { who: 'ann' };
    expect(() => groups.setCategory(A, 'system', who)).toThrow(ConfigurationError);
    expect(() => groups.setSeverity(A, 'low', who)).toThrow(ConfigurationError);
    expect(group('a')).toEqual(before);
  });

  it('goes before rules, and before what capture is told', () => {
    const { tracker } = tracked({ categoryRules: [{ name: 'all', category: 'network', type: 'Error' }] });
    const error = (): Error => new Error('late');
    const receipts = [{}, { category: 'database' as const }].map((options) => tracker.capture(error(), options));
    const id = receipts[0]?.groupId ?? '';
    tracker.groups.setCategory(id, 'business_logic');
    receipts.push(tracker.capture(error(), { category: 'database' }));
    expect(receipts.map((receipt) => receipt?.category)).toEqual(['network', 'database', 'business_logic']);
    expect(new Set(receipts.map((receipt) => receipt?.groupId)).size).toBe(1);
    expect(tracker.totals().map(({ category }) => category)).toEqual(['network', 'database', 'business_logic']);
  });
});
