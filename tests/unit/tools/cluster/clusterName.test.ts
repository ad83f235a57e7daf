import { expect, it } from 'vitest';
import { parseClusterName } from '../../../../tools/cluster/clusterName.ts';
import { InvalidClusterNameError } from '../../../../tools/cluster/errors/invalidClusterNameError.ts';

it.each(['a', 'dev', 'dev-2', 'a'.repeat(32)])('accepts %j as it is', (name) => {
  expect(parseClusterName(name)).toBe(name);
});

it.each(['', 'Dev', '-dev', 'dev-', '2dev', 'a b', '../x', 'dev\n', 'a'.repeat(33)])('refuses %j', (name) => {
  expect(() => parseClusterName(name)).toThrow(InvalidClusterNameError);
});

it('says what is allowed', () => {
  expect(() => parseClusterName('Dev')).toThrow(
    'Cluster name "Dev" is not allowed: use 1 to 32 characters a-z, 0-9 and "-", beginning with a letter and not ending with "-".',
  );
});
