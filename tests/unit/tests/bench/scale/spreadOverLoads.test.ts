import { expect, it } from 'vitest';
import { spreadOverLoads } from '../../../../bench/scale/benchCosts.ts';

const run = (all: number) => ({
  cpuSecondsPerMillion: { collector: all / 10, ingester: 0, kafka: 0, elasticsearch: 0, all },
});

const idle = [0.06, 0.03, 0.045].map((all) => ({ collector: all / 10, ingester: 0, kafka: 0, elasticsearch: 0, all }));

it('compares the dearest load with the cheapest, by medians and run by run', () => {
  const loads = [
    { rate: 300, runs: [run(220), run(230), run(290)] },
    { rate: 3000, runs: [run(200), run(250), run(190)] },
  ];
  expect(spreadOverLoads('all', loads, idle)).toEqual({
    name: 'processor time of a span over a tenfold load, all',
    value: 1.15,
    unit: 'x',
    goal: '<= 1.15 x',
    ok: true,
    runs: [1.1, 1.087, 1.526],
    note:
      'medians of a million spans: 230 s at 300 spans/s (150 s of it without any span), 200 s at 3000 spans/s (15 s of it without any span); ' +
      'with nothing to do it keeps 0.045 processors busy',
  });
});

it('misses its goal by whichever load is dearer', () => {
  const loads = [
    { rate: 300, runs: [run(100)] },
    { rate: 3000, runs: [run(116)] },
  ];
  expect(spreadOverLoads('collector', loads, idle)).toMatchObject({ value: 1.16, ok: false });
});
