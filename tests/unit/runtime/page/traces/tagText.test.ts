import { describe, expect, it } from 'vitest';
import { hasErrorTag, toggledErrorTag } from '../../../../../runtime/page/src/views/traces/tagText.ts';

describe('the tag for failed traces', () => {
  it.each([
    ['', 'error=true'],
    ['a=1', 'a=1 error=true'],
    ['a="x  y"', 'a="x  y" error=true'],
    ['a="say \\"error=true \\" now"', 'a="say \\"error=true \\" now" error=true'],
    ['a="is error=true now"', 'a="is error=true now" error=true'],
    ['half="open error', 'half="open error error=true'],
  ])('is put to %j, and taken out again', (tags, withTag) => {
    expect(hasErrorTag(tags)).toBe(false);
    expect(toggledErrorTag(tags)).toBe(withTag);
    expect(hasErrorTag(withTag)).toBe(true);
    expect(toggledErrorTag(withTag)).toBe(tags);
  });

  it('is taken out from between others, which stay as they were written', () => {
    expect(toggledErrorTag('http.route="GET  /a b"  error=true  b=2')).toBe('http.route="GET  /a b" b=2');
  });
});
