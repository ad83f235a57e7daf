import { describe, expect, it } from 'vitest';
import {
  type ErrorGroupsOptions,
  resolveErrorGroupsOptions,
} from '../../../../../runtime/src/errors/groups/errorGroupsOptions.ts';

const DEFAULTS = {
  maxGroups: 1000,
  replacedGroupsPerMinute: 60,
  maxEvents: 2000,
  maxEventsPerGroup: 10,
  eventsPerMinutePerGroup: 10,
  eventsPerMinute: 300,
  maxBytes: 20_000_000,
  maxUsersPerGroup: 1000,
  resolvedKeptMillis: 604_800_000,
  sweepIntervalMillis: 10_000,
  falseAlarmsPerDay: 0.1,
  highRatePerMinute: 60,
  manyUsers: 100,
  severityRules: [],
};

describe('the options of groups', () => {
  it('have the defaults that are documented', () => {
    expect(resolveErrorGroupsOptions({})).toEqual(DEFAULTS);
  });

  it.each([
    ['maxGroups', 1, 10_000],
    ['replacedGroupsPerMinute', 0, 100_000],
    ['maxEvents', 0, 1_000_000],
    ['maxEventsPerGroup', 0, 1000],
    ['eventsPerMinutePerGroup', 1, 100_000],
    ['eventsPerMinute', 1, 1_000_000],
    ['maxBytes', 4_000_000, 2_000_000_000],
    ['maxUsersPerGroup', 1, 100_000],
    ['resolvedKeptMillis', 1000, 7_776_000_000],
    ['sweepIntervalMillis', 100, 60_000],
    ['highRatePerMinute', 1, 1_000_000],
    ['manyUsers', 1, 100_000],
  ] as const)('take for %s a whole number from %d to %d', (option, least, most) => {
    for (const value of [least, most])
      expect(resolveErrorGroupsOptions({ maxUsersPerGroup: 100_000, [option]: value })[option]).toBe(value);
    for (const value of [least - 1, most + 1, least + 0.5, Number.NaN, `${least}`, null])
      expect(() => resolveErrorGroupsOptions({ [option]: value })).toThrow(
        `  ${option}: ${value} (options); allowed: a whole number from ${least} to ${most}`,
      );
  });

  it('refuse more users that raise a severity than are told apart, which would never be reached', () => {
    const allowed = 'allowed: at most maxUsersPerGroup, which is';
    expect(() => resolveErrorGroupsOptions({ manyUsers: 1001 })).toThrow(
      `manyUsers: 1001 (options); ${allowed} 1000; set both`,
    );
    expect(() => resolveErrorGroupsOptions({ manyUsers: 51, maxUsersPerGroup: 50 })).toThrow(`${allowed} 50`);
    expect(resolveErrorGroupsOptions({ manyUsers: 50, maxUsersPerGroup: 50 }).manyUsers).toBe(50);
    expect(resolveErrorGroupsOptions({ maxUsersPerGroup: 50 }).manyUsers).toBe(50);
  });

  it('take false alarms above 0, up to 1000', () => {
    expect(resolveErrorGroupsOptions({ falseAlarmsPerDay: 1000 }).falseAlarmsPerDay).toBe(1000);
    for (const falseAlarmsPerDay of [0, -1, 1000.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => resolveErrorGroupsOptions({ falseAlarmsPerDay })).toThrow('allowed: a number above 0, at most 1000');
  });

  it('name every rule that is wrong', () => {
    const severityRules = [
      { severity: 'low', type: 7 },
      { severity: 'urgent', when: true, colour: 'red' },
    ] as object[];
    const wrong = () => resolveErrorGroupsOptions({ severityRules } as ErrorGroupsOptions);
    expect(wrong).toThrow('severityRules.0.type: 7 (options); allowed: a text');
    expect(wrong).toThrow(
      'severityRules.1.colour: red (options); allowed: severity, category, type, code, operation, when',
    );
    expect(wrong).toThrow('severityRules.1.severity: urgent (options); allowed: low, medium, high, critical');
    expect(wrong).toThrow('severityRules.1.when: true (options); allowed: a function');
  });

  it.each([[{}], ['low'], [[{}]], [[null]], [[[]]]])('refuse %j as rules', (severityRules) => {
    expect(() => resolveErrorGroupsOptions({ severityRules } as ErrorGroupsOptions)).toThrow(
      'allowed: an array of at most 1000 objects, each with a severity (low, medium, high, critical)',
    );
  });

  it('are not changed by what becomes of the rules', () => {
    const severityRules: ErrorGroupsOptions['severityRules'] & unknown[] = [];
    const config = resolveErrorGroupsOptions({ severityRules });
    severityRules.push({});
    expect(config.severityRules).toEqual([]);
  });

  it('that there are not are refused', () => {
    expect(() => resolveErrorGroupsOptions({ maxGroup: 1 } as object)).toThrow('did you mean maxGroups?');
  });
});
