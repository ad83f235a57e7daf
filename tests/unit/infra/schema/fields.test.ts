import { describe, expect, it } from 'vitest';
import { nearestTo, unknownKeyMessage } from '../../../../infra/schema/fields.ts';

describe('unknownKeyMessage', () => {
  it.each([
    ['replica', 'did you mean "replicas"?'],
    ['Replicas', 'did you mean "replicas"?'],
    ['heapMebibyte', 'did you mean "heapMebibytes"?'],
  ])('suggests for %j: %s', (key, suggestion) => {
    expect(unknownKeyMessage(key, ['replicas', 'heapMebibytes'])).toBe(
      `is not a known key; ${suggestion} (known here: replicas, heapMebibytes)`,
    );
  });

  it('suggests nothing for a key that resembles none', () => {
    expect(unknownKeyMessage('frobnicate', ['replicas'])).toBe('is not a known key (known here: replicas)');
  });
});

describe('nearestTo', () => {
  it('finds nothing among nothing', () => {
    expect(nearestTo('x', [])).toBeUndefined();
  });
});
