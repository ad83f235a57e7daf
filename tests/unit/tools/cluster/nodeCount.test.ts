import { describe, expect, it } from 'vitest';
import { FewerNodesError } from '../../../../tools/cluster/errors/fewerNodesError.ts';
import { InvalidNodeCountError } from '../../../../tools/cluster/errors/invalidNodeCountError.ts';
import { chooseNodeCount, parseNodeCount } from '../../../../tools/cluster/nodeCount.ts';

describe('parseNodeCount', () => {
  it.each([
    ['1', 1],
    ['2', 2],
    ['3', 3],
  ])('takes %j', (text, count) => {
    expect(parseNodeCount(text)).toBe(count);
  });

  it.each(['0', '4', '-1', '1.5', '1e0', ' 2', '', 'two'])('refuses %j, and says what is allowed', (text) => {
    expect(() => parseNodeCount(text)).toThrow(InvalidNodeCountError);
    expect(() => parseNodeCount(text)).toThrow(
      `A cluster cannot have ${JSON.stringify(text)} nodes: use a whole number from 1 to 3.`,
    );
  });
});

describe('chooseNodeCount', () => {
  it.each([
    ['one for a new cluster', undefined, undefined, 1],
    ['as many as are asked for', 2, undefined, 2],
    ['those that it has', undefined, 2, 2],
    ['one more', 3, 2, 3],
    ['the same', 2, 2, 2],
  ])('gives a cluster %s', (_, asked, present, count) => {
    expect(chooseNodeCount('dev', asked, present)).toBe(count);
  });

  it('refuses to take a node away, and says what to do instead', () => {
    const choose = (): number => chooseNodeCount('dev', 1, 2);
    expect(choose).toThrow(FewerNodesError);
    expect(choose).toThrow(/^Cluster "dev" has 2 nodes, and 1 is asked for: .*Leave --nodes out.*"down"/);
  });

  it('refuses a number that no cluster can have, whoever asks', () => {
    expect(() => chooseNodeCount('dev', 4, undefined)).toThrow(InvalidNodeCountError);
  });
});
