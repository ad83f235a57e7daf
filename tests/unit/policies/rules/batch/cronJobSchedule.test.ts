import { describe, expect, it } from 'vitest';
import { cronJobSchedule } from '../../../../../policies/rules/batch/cronJobSchedule.ts';
import { declared, saidOf } from '../../support/declared.ts';

const said = (spec: unknown) => saidOf(cronJobSchedule, declared('batch/v1', 'CronJob', { spec }));
const must = 'it must be minute, hour, day of the month, month and day of the week, or a word such as @daily';

describe('cron-job-schedule', () => {
  it.each([
    '* * * * *',
    '0 3 * * *',
    '  0\t3  * * * ',
    '*/15 0-6,12 1,15 1-12/2 1-5',
    '59 23 31 12 6',
    '0 0 ? JAN-mar MON,fri',
    '5/10 * * * SUN',
    '@hourly',
    '@daily',
    '@midnight',
    '@weekly',
    '@monthly',
    '@yearly',
    '@annually',
    '@every 1h30m',
    '@every 1.5h',
  ])('takes %j', (schedule) => {
    expect(said({ schedule })).toEqual([]);
  });

  it.each([
    [undefined, 'is missing'],
    [null, 'is missing'],
    [5, 'is 5'],
    ['', 'has 0 fields'],
    ['0 3 * *', 'has 4 fields'],
    ['0 0 3 * * *', 'has 6 fields'],
    ['60 * * * *', 'has "60" for the minute'],
    ['0 24 * * *', 'has "24" for the hour'],
    ['0 0 0 * *', 'has "0" for the day of the month'],
    ['0 0 32 * *', 'has "32" for the day of the month'],
    ['0 0 1 13 *', 'has "13" for the month'],
    ['0 0 * * 7', 'has "7" for the day of the week'],
    ['0 0 * MON *', 'has "MON" for the month'],
    ['0 0 L * *', 'has "L" for the day of the month'],
    ['5-1 * * * *', 'has "5-1" for the minute'],
    ['1-2-3 * * * *', 'has "1-2-3" for the minute'],
    ['1- * * * *', 'has "1-" for the minute'],
    ['*/0 * * * *', 'has "*/0" for the minute'],
    ['*/ * * * *', 'has "*/" for the minute'],
    ['*/2/2 * * * *', 'has "*/2/2" for the minute'],
    ['1,,2 * * * *', 'has "1,,2" for the minute'],
    ['-1 * * * *', 'has "-1" for the minute'],
    ['@reboot', 'is "@reboot"'],
    ['@every', 'is "@every"'],
    ['@every day', 'is "@every day"'],
    ['TZ=Europe/Berlin 0 3 * * *', 'names a time zone, which stands in spec.timeZone'],
    ['CRON_TZ=UTC @daily', 'names a time zone, which stands in spec.timeZone'],
  ])('refuses %j', (schedule, fault) => {
    expect(said({ schedule })).toEqual([`spec.schedule ${fault}: ${must}`]);
  });

  it.each(['Etc/UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', null])(
    'takes the time zone %s',
    (timeZone) => {
      expect(said({ schedule: '@daily', timeZone })).toEqual([]);
    },
  );

  it.each(['', 'Local', 'Europe/Berln', '+01:00', 1])('refuses the time zone %j', (timeZone) => {
    expect(said({ schedule: '@daily', timeZone })).toEqual([
      `spec.timeZone is ${JSON.stringify(timeZone)}: it must be the name of a time zone`,
    ]);
  });
});
