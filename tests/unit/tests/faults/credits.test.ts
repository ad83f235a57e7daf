import { expect, test } from 'vitest';
import { countedLosses, creditsOf, type Bounds } from '../../../faults/accounting/credits.ts';
import { incarnationsOf, type Reading, type Silence, type Source } from '../../../faults/accounting/reading.ts';

const bounds: Bounds = {
  spansPerPacket: 10,
  agentQueuePackets: 1000,
  agentWorkers: 10,
  collectorQueueSpans: 2000,
  collectorWorkers: 50,
  bulkActions: 1000,
  transitMillis: 100,
};
const since = 1000;
const faultAt = 3000;
const ends = ['agent', 'collector'] as const;

type Counters = Readonly<Record<string, number>>;

function reading(source: Source, at: number, counters: Counters, startedAt = 0): Reading {
  return { source, pod: `${source}-1`, startedAt, askedAt: at, at, counters };
}

function credits(readings: readonly Reading[], silences: readonly Silence[] = []) {
  return creditsOf({ incarnations: incarnationsOf(readings, silences), since, faultAt, ends, bounds });
}

const sent = [reading('application', 2000, { exported: 100 }), reading('application', 4500, { exported: 160 })];
// Its first reading is when the observation begins: what it shows then was before.
const application = [reading('application', 1000, { exported: 0 }), ...sent];

test('what is counted between two readings may have been made since the fault began', () => {
  const readings = [
    reading('collector', 2000, { spans_dropped: 5 }),
    reading('collector', 4000, { spans_dropped: 12 }),
  ];
  expect(credits(readings)).toEqual([
    {
      component: 'collector',
      cause: 'dropped: the queue was full',
      isCounted: true,
      from: 1900,
      to: 4000,
      capacity: 7,
    },
  ]);
});

test('a counter that stands still, and what was counted before, explains nothing', () => {
  expect(
    credits([reading('agent', 1000, { spans_failures: 9 }), reading('agent', 2000, { spans_failures: 9 })]),
  ).toEqual([]);
});

test('of a process that started meanwhile, the first reading counts as well', () => {
  expect(credits([reading('agent', 4000, { spans_failures: 9 }, 3500)])).toMatchObject([{ capacity: 9, from: 900 }]);
});

test('packets count as many spans as they may hold', () => {
  const readings = [reading('wire', 2000, { lost_packets: 0 }), reading('wire', 2500, { lost_packets: 3 })];
  expect(credits(readings)).toMatchObject([{ component: 'wire', capacity: 30 }]);
});

test('an agent that ended may have held what was sent and not answered for, however large its queue', () => {
  const agent = [
    reading('agent', 1000, { spans_submitted: 1000, spans_failures: 0 }),
    reading('agent', 4000, { spans_submitted: 1090, spans_failures: 20 }),
  ];
  const ended = credits([...application, ...agent], [{ pod: 'agent-1', at: 4400 }]).filter(({ cause }) =>
    cause.startsWith('in the memory'),
  );
  expect(ended).toEqual([
    {
      component: 'agent',
      cause: 'in the memory of a process that ended',
      isCounted: false,
      from: 2900,
      to: 4400,
      capacity: 50,
    },
  ]);
});

const collector = (at: number, received: number, saved: number, inserts: number) =>
  reading('collector', at, { spans_received: received, spans_saved: saved, spans_dropped: 0, bulk_inserts: inserts });
const agent = [reading('agent', 1000, { spans_submitted: 0 }), reading('agent', 4000, { spans_submitted: 130 })];

function endedCollectors(readings: readonly Reading[], silences: readonly Silence[], given: Bounds = bounds) {
  const incarnations = incarnationsOf([...application, ...agent, ...readings], silences);
  const found = creditsOf({ incarnations, since, faultAt, ends, bounds: given });
  const of = (start: string) =>
    found.filter(({ component, cause }) => component === 'collector' && cause.startsWith(start));
  return { held: of('in the memory').map(({ capacity }) => capacity), arriving: of('on its way') };
}
const gone = [{ pod: 'collector-1', at: 4400 }];

test('a collector that ended held its queue and what no bulk request had written; what was on its way to it is gone too', () => {
  // 15 in the queue; 30 saved since the reading after which a request was written; 160 sent and 130 answered for.
  const readings = [collector(3000, 600, 595, 7), collector(3500, 610, 605, 8), collector(4000, 640, 625, 8)];
  const { held, arriving } = endedCollectors(readings, gone);
  expect(held).toEqual([15 + 30]);
  expect(arriving).toMatchObject([{ capacity: 30, from: 2900, to: 4400, isCounted: false }]);
});

test('what was on its way to two collectors that ended together was on its way to one of them', () => {
  const second = (at: number, ...counts: [number, number, number]) => ({
    ...collector(at, ...counts),
    pod: 'collector-2',
  });
  const readings = [
    collector(3000, 600, 595, 7),
    collector(4000, 640, 625, 8),
    second(3000, 5, 5, 1),
    second(4100, 9, 9, 2),
  ];
  const { held, arriving } = endedCollectors(readings, [...gone, { pod: 'collector-2', at: 4500 }]);
  expect(held).toEqual([15 + 30, 4]);
  expect(arriving).toMatchObject([{ capacity: 30, to: 4500 }]);
});

test('what was on its way to a collector that ended later than another is told apart', () => {
  const second = [{ ...collector(4450, 9, 9, 2), pod: 'collector-2' }];
  const { arriving } = endedCollectors(
    [collector(4000, 640, 625, 8), ...second],
    [...gone, { pod: 'collector-2', at: 4800 }],
  );
  expect(arriving).toHaveLength(2);
});

test('spans that agents say no collector took were on their way to none', () => {
  const failing = reading('agent', 4200, { spans_submitted: 130, spans_failures: 12 });
  const { arriving } = endedCollectors([failing, collector(4000, 640, 625, 8)], gone);
  expect(arriving).toMatchObject([{ capacity: 18 }]);
});

test('where no bulk request ended, a whole one may have been unwritten', () => {
  expect(endedCollectors([collector(3000, 600, 595, 7), collector(4000, 640, 625, 7)], gone).held).toEqual([15 + 1000]);
});

test('no collector holds more than its buffers do', () => {
  const small = { ...bounds, collectorQueueSpans: 5, collectorWorkers: 1, bulkActions: 4 };
  const { held, arriving } = endedCollectors([collector(3000, 600, 595, 7), collector(4000, 640, 610, 7)], gone, small);
  expect([held, arriving.map(({ capacity }) => capacity)]).toEqual([[10], [10]]);
});

test('a process that a fault does not end explains nothing by its end', () => {
  const readings = [...application, ...agent, collector(3000, 600, 595, 7), collector(4000, 640, 625, 8)];
  const incarnations = incarnationsOf(readings, gone);
  expect(creditsOf({ incarnations, since, faultAt, ends: ['agent'], bounds })).toEqual([]);
});

test('an agent that ended held none of the packets that no socket took', () => {
  const wire = [reading('wire', 1000, { lost_packets: 0 }), reading('wire', 4300, { lost_packets: 4 })];
  const agents = [
    reading('agent', 1000, { spans_submitted: 1000, spans_failures: 0 }),
    reading('agent', 4000, { spans_submitted: 1090, spans_failures: 20 }),
  ];
  const found = credits([...application, ...agents, ...wire], [{ pod: 'agent-1', at: 4400 }]);
  expect(found.find(({ cause }) => cause.startsWith('in the memory'))).toMatchObject({ capacity: 46 });
});

test.each([
  [true, 12, [25]],
  [true, 10, []],
  [false, 12, []],
])(
  'a client that is closed (%s) after bulk requests failed (%d by then) leaves what it had not written: %j',
  (replacesClients, errors, expected) => {
    const shown = (at: number, saved: number, inserts: number, failed: number) =>
      reading('collector', at, {
        spans_received: saved,
        spans_saved: saved,
        bulk_inserts: inserts,
        bulk_errors: failed,
      });
    const incarnations = incarnationsOf(
      [shown(3000, 600, 7, 10), shown(3500, 605, 8, 10), shown(4000, 625, 8, errors)],
      [],
    );
    const found = creditsOf({ incarnations, since, faultAt, ends: [], replacesClients, bounds });
    expect(found.map(({ capacity }) => capacity)).toEqual(expected);
  },
);

test('what the next client has written meanwhile is not taken for what the closed one held', () => {
  const shown = (at: number, saved: number, inserts: number, failed: number) =>
    reading('collector', at, { spans_received: saved, spans_saved: saved, bulk_inserts: inserts, bulk_errors: failed });
  const readings = [shown(3000, 600, 7, 0), shown(3500, 605, 8, 0), shown(4000, 620, 8, 0), shown(4400, 625, 9, 1)];
  const incarnations = incarnationsOf(readings, []);
  expect(creditsOf({ incarnations, since, faultAt, ends: [], replacesClients: true, bounds })).toMatchObject([
    { capacity: 25 },
  ]);
});

test('a process that lives holds nothing that is lost', () => {
  expect(credits([...application, ...agent, collector(4000, 640, 600, 7)])).toEqual([]);
});

test('counted losses are summed by counter over all processes, and told as packets where they are', () => {
  const readings = [
    reading('collector', 1000, { spans_dropped: 5 }),
    reading('collector', 4000, { spans_dropped: 12 }),
    { ...reading('collector', 4000, { spans_dropped: 3 }, 3500), pod: 'collector-2' },
    reading('agent', 1000, { packets_dropped: 0 }),
    reading('agent', 4000, { packets_dropped: 2, spans_failures: 0 }),
  ];
  const incarnations = incarnationsOf(readings, []);
  expect(countedLosses({ incarnations, since, faultAt, ends, bounds })).toEqual({
    'collector.spans_dropped': 10,
    'agent.packets_dropped (packets)': 2,
  });
});
