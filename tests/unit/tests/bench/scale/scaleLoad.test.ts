import { expect, it } from 'vitest';
import { loadArguments } from '../../../../bench/scale/scaleLoad.ts';

const options = { program: 'steady-load', collectors: ['127.0.0.1:1', '127.0.0.1:2'], service: 'one' };

it('asks for a steady pace by the flags that steady-load has', () => {
  expect(loadArguments({ ...options, spansPerSecond: 300 }, '127.0.0.1:3')).toEqual([
    '-collector=127.0.0.1:1,127.0.0.1:2',
    '-service=one',
    '-control=127.0.0.1:3',
    '-attributes',
    '-spans-per-second=300',
    '-spans-per-request=20',
  ]);
});

it('asks for full speed with a bound on what is not stored', () => {
  const bound = { elasticsearch: 'http://127.0.0.1:4', indices: 'scale-*', unstored: 5000 };
  expect(loadArguments({ ...options, bound }, '127.0.0.1:3').slice(4)).toEqual([
    '-spans-per-second=100000',
    '-spans-per-request=20',
    '-elasticsearch=http://127.0.0.1:4',
    '-indices=scale-*',
    '-unstored=5000',
  ]);
});
