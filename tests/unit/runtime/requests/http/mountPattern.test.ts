import { describe, expect, it } from 'vitest';
import { mountPattern } from '../../../../../runtime/src/requests/http/mountPattern.ts';

describe('mountPattern', () => {
  it.each([
    ['the text it was declared with', '/aPI/17', { id: '17' }, '/api/:id', '/api/:id'],
    ['no slash at its end', '/api', {}, '/api/', '/api'],
    ['the source of a regular expression', '/u17', {}, /^\/u\d+/, '/^\\/u\\d+/'],
  ])('is %s, where the router tells it', (_, taken, params, pattern, expected) => {
    expect(mountPattern(taken, params, pattern)).toBe(expected);
  });

  it.each([
    ['has names in the place of values', '/tenants/b%20c', { tenant: 'b c' }, '/tenants/:tenant'],
    ['keeps a static segment that reads like a value', '/api/api', { tenant: 'api' }, '/api/:tenant'],
    ['is one, however it is spelt', '/aPI', {}, '/api'],
    ['tells nothing where a value is part of a segment', '/files-17', { id: '17' }, '/*'],
    ['has names in the place of what a wildcard took', '/f/a/b', { path: ['a', 'b'] }, '/f/:path/:path'],
    ['tells nothing where a parameter is of a router around it', '/api', { tenant: '17' }, '/*'],
    ['tells nothing where a parameter was replaced by an object', '/t/secret1', { tenant: { id: 'secret1' } }, '/*'],
    ['tells nothing where a parameter was replaced by a number', '/t/7', { tenant: 7 }, '/*'],
    ['tells nothing where a parameter was replaced by another text', '/t/secret1', { tenant: 'one' }, '/*'],
    ['tells nothing where a parameter was removed', '/t/secret1', { tenant: undefined }, '/*'],
    ['tells nothing where a parameter is empty', '/t/secret1', { tenant: '' }, '/*'],
    ['tells nothing where a part of a wildcard was replaced', '/f/a/b', { path: ['a', { id: 'b' }] }, '/*'],
    ['is empty at the root', '', undefined, ''],
  ])('%s, where the router does not', (_, taken, params, expected) => {
    expect(mountPattern(taken, params, undefined)).toBe(expected);
  });
});
