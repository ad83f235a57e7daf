import { describe, expect, it } from 'vitest';
import { allChecks } from '../../../../tools/validate/allChecks.ts';
import { allProbes } from '../../../../tools/validate/allProbes.ts';
import { components } from '../../../../tools/validate/check.ts';

describe('allChecks', () => {
  const names = [...allChecks.map(({ id }) => id), ...allProbes.map(({ name }) => name)];

  it('names each check and each probe once, in kebab-case', () => {
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
  });

  it('has the checks of a component together, in the order of the components', () => {
    const order = allChecks.map(({ component }) => components.indexOf(component));
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  });

  it('lets each check take between a second and ten minutes', () => {
    const wrong = allChecks.filter(({ timeoutSeconds = 30 }) => timeoutSeconds < 1 || timeoutSeconds > 600);
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });
});
