import { describe, expect, it } from 'vitest';
import { warnSparingly } from '../../../../runtime/src/core/warnSparingly.ts';
import { FakeHost } from '../../../support/fakeHost.ts';

describe('warnSparingly', () => {
  it('warns at once, then once a minute with the number that it held back', () => {
    const host = new FakeHost();
    const onError = warnSparingly(host);
    onError(new TypeError('first'));
    host.advance(59_999);
    onError(new Error('second'));
    onError(new Error('third'));
    host.advance(1);
    onError(new TypeError('fourth'));
    expect(host.warnings.map(({ name, message }) => `${name}: ${message}`)).toEqual([
      'TypeError: first',
      'TypeError: fourth (and 2 more in the last minute or so)',
    ]);
  });
});
