import { expect, it } from 'vitest';
import { expressRequests } from '../../../../../runtime/src/requests/http/expressRequests.ts';
import { testedTracker } from '../support/trackerFixture.ts';

it.each([
  ['', '""'],
  ['tenants', '"tenants"'],
  ['/tenants?x', '"/tenants?x"'],
  ['/tenants#x', '"/tenants#x"'],
])('expressRequests refuses to be mounted at %o', (mountedAt) => {
  const { tracker } = testedTracker();
  expect(() => expressRequests(tracker, { mountedAt })).toThrow(
    expect.objectContaining({
      name: 'ConfigurationError',
      problems: [
        {
          option: 'mountedAt',
          value: mountedAt,
          source: 'options',
          allowed: 'a pattern that starts with /, without ? and #',
        },
      ],
    }),
  );
});

it('expressRequests refuses to be mounted at what is no text', () => {
  const { tracker } = testedTracker();
  // A program in JavaScript may give anything.
  expect(() => expressRequests(tracker, Object.fromEntries([['mountedAt', /^\/u/]]))).toThrow('mountedAt');
});

it.each(['/', '/tenants/:tenant', '/files/*path', undefined])('expressRequests may be mounted at %o', (mountedAt) => {
  const { tracker } = testedTracker();
  expect(expressRequests(tracker, mountedAt === undefined ? {} : { mountedAt })).toBeTypeOf('function');
});
