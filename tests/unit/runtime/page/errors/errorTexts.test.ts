import { describe, expect, it } from 'vitest';
import type { ErrorDetailResult } from '../../../../../runtime/src/dashboard/api/errors/errorDetailSchema.ts';
import type { ShownFrame } from '../../../../../runtime/src/dashboard/api/errors/errorEventSchema.ts';
import {
  askedFilters,
  errorHref,
  filtersOf,
  orderOf,
  windowOf,
} from '../../../../../runtime/page/src/views/errors/errorAddress.ts';
import { trendText, usersText } from '../../../../../runtime/page/src/views/errors/errorWords.ts';
import { frameRuns } from '../../../../../runtime/page/src/views/errors/foldedFrames.ts';
import { frameText, ticketText } from '../../../../../runtime/page/src/views/errors/ticketText.ts';

const OWN: ShownFrame = {
  functionName: 'save',
  file: 'src/orders.ts',
  line: 12,
  column: 5,
  isAsync: false,
  isInApplication: true,
};
const LIBRARY: ShownFrame = { file: 'node_modules/pg/client.js', line: 3, isAsync: true, isInApplication: false };

const GROUP: ErrorDetailResult['group'] = {
  id: '00000000000000aa',
  type: 'OrderError',
  message: 'not saved',
  code: 'E1',
  culprit: 'src/orders.ts:12 save',
  category: 'database',
  severity: 'high',
  state: 'open',
  isRegressed: false,
  count: 40,
  inWindow: 2,
  users: 23,
  hasMoreUsers: true,
  firstSeenMillis: Date.UTC(2026, 10, 27),
  lastSeenMillis: Date.UTC(2026, 10, 28),
  firstRelease: '1.4.2',
  releases: [],
  inOtherReleases: 0,
};

const EVENT: NonNullable<ErrorDetailResult['event']> = {
  key: '1.0@a',
  instance: 'a',
  atMillis: 1,
  message: 'not saved',
  source: 'call',
  isHandled: true,
  request: { id: 'r-9' },
  traceId: 'f'.repeat(32),
  sampled: false,
  chain: [
    {
      relation: 'thrown',
      depth: 0,
      type: 'OrderError',
      classes: [],
      message: 'not saved',
      properties: [],
      frames: [OWN, LIBRARY],
      leftOut: 0,
    },
  ],
  context: [],
  breadcrumbs: [],
};

describe('a group as a text for a ticket', () => {
  it('says what it is, how bad, where to look, and the stack', () => {
    expect(ticketText({ group: GROUP, event: EVENT }, 'http://host/#/errors/aa')).toBe(
      [
        'OrderError: not saved',
        '',
        'Group:      00000000000000aa (open)',
        'Severity:   high, database',
        'Code:       E1',
        'Place:      src/orders.ts:12 save',
        'Errors:     40, users: 23 or more',
        'First seen: 2026-11-27T00:00:00.000Z in 1.4.2',
        'Last seen:  2026-11-28T00:00:00.000Z',
        `Trace:      ${'f'.repeat(32)} (not sampled)`,
        'Request:    r-9',
        'Link:       http://host/#/errors/aa',
        '',
        'OrderError: not saved',
        '    at save (src/orders.ts:12:5)',
        '    at async node_modules/pg/client.js:3',
      ].join('\n'),
    );
  });

  it('leaves out what is not known, and cuts long stacks', () => {
    const { code: _, culprit: __, ...group } = GROUP;
    expect(ticketText({ group }, 'x')).not.toMatch(/Code|Place|Trace|Request/);
    const [thrown] = EVENT.chain;
    const long = thrown === undefined ? [] : [{ ...thrown, frames: Array.from({ length: 20 }, () => OWN) }];
    expect(ticketText({ group, event: { ...EVENT, chain: long } }, 'x')).toMatch(/ {4}… 5 more$/);
    expect(frameText({ isAsync: false, isInApplication: false })).toBe('at native code');
  });
});

describe('the frames of a stack', () => {
  it('are told apart into those of the application and runs of others', () => {
    expect(frameRuns([LIBRARY, LIBRARY, OWN, LIBRARY]).map(({ isOwn, frames }) => [isOwn, frames.length])).toEqual([
      [false, 2],
      [true, 1],
      [false, 1],
    ]);
  });

  it('are all shown where none is the application’s', () => {
    expect(frameRuns([LIBRARY, LIBRARY])).toEqual([{ isOwn: true, frames: [LIBRARY, LIBRARY] }]);
    expect(frameRuns([])).toEqual([]);
  });
});

describe('the address of errors', () => {
  it('narrows to what is unresolved unless it says otherwise', () => {
    expect(askedFilters({})).toEqual({ state: 'unresolved' });
    expect(askedFilters({ state: 'any', text: 'x' })).toEqual({ text: 'x' });
    expect(askedFilters({ state: 'resolved' })).toEqual({ state: 'resolved' });
  });

  it('is read with what is known, and no more', () => {
    expect(filtersOf({ text: 'a', severity: '', colour: 'red' })).toEqual({ text: 'a' });
    expect([windowOf({}), windowOf({ window: '7d' }), windowOf({ window: '9d' }, '24h')]).toEqual(['1h', '7d', '24h']);
    expect([orderOf({}), orderOf({ order: 'users' }), orderOf({ order: 'toString' })]).toEqual([
      'lastSeen',
      'users',
      'lastSeen',
    ]);
    expect(errorHref('a/b', { event: '1.0@a b' })).toBe('#/errors/a%2Fb?event=1.0%40a+b');
  });
});

describe('words of errors', () => {
  it('say how the newer half of a window compares', () => {
    expect([undefined, 1.1, 2.54, 0.25].map(trendText)).toEqual([
      'no errors in the older half',
      'as many as in the older half',
      '2.5 times the older half',
      'down to 25 % of the older half',
    ]);
    expect([usersText(3, false), usersText(3, true)]).toEqual(['3', '3 or more']);
  });
});
