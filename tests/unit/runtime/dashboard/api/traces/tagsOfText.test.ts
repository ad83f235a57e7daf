import { describe, expect, it } from 'vitest';
import { tagsOfText } from '../../../../../../runtime/src/dashboard/api/traces/tagsOfText.ts';

describe('tags as people write them', () => {
  it.each([
    ['', {}],
    ['  ', {}],
    ['error=true', { error: 'true' }],
    [' error=true  http.response.status_code=500 ', { error: 'true', 'http.response.status_code': '500' }],
    ['http.route="GET /a b"', { 'http.route': 'GET /a b' }],
    [String.raw`note="say \"no\" \\"`, { note: 'say "no" \\' }],
    ['empty=', { empty: '' }],
    ['empty=""', { empty: '' }],
    ['url=a=b', { url: 'a=b' }],
  ])('%j is %j', (text, tags) => {
    expect(tagsOfText(text)).toEqual(tags);
  });

  it.each(['error', '=true', 'a="b', 'a="b"c', 'a=1 b'])('%j is refused, with what cannot be read', (text) => {
    expect(() => tagsOfText(text)).toThrow(/tags are written name=value/);
  });

  it('takes a time that grows with the text, whatever it is', () => {
    const began = performance.now();
    expect(() => tagsOfText(`a="${'\\'.repeat(3999)}`)).toThrow();
    expect(performance.now() - began).toBeLessThan(100);
  });
});
