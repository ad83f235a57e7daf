import { describe, expect, it } from 'vitest';
import { FailureTypes } from '../../../../runtime/src/requests/failureTypes.ts';

describe('the types of failures', () => {
  it('of an operation are told apart up to twenty, and leave others their own', () => {
    const types = new FailureTypes();
    const labels = Array.from({ length: 5000 }, (_, number) => types.labelOf('flood', `type ${number}`));
    expect(labels.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, number) => `type ${number}`));
    expect(new Set(labels.slice(20))).toEqual(new Set(['(other)']));
    expect(types.labelOf('other', 'type 4999')).toBe('type 4999');
  });

  it('of all operations are told apart up to five hundred', () => {
    const types = new FailureTypes();
    const labels = Array.from({ length: 501 }, (_, number) => types.labelOf(`operation ${number}`, '503'));
    expect(labels).toEqual([...Array.from({ length: 500 }, () => '503'), '(other)']);
  });

  it('keep their labels when there is room for no more', () => {
    const types = new FailureTypes();
    for (let number = 0; number < 1000; number += 1) types.labelOf(`operation ${number % 50}`, `type ${number}`);
    expect(types.labelOf('operation 7', 'type 7')).toBe('type 7');
    expect(types.labelOf('operation 7', 'type 8')).toBe('(other)');
  });
});
