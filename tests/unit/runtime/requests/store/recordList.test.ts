import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordList } from '../../../../../runtime/src/requests/store/recordList.ts';
import { OwnIds } from '../../../../../runtime/src/requests/store/ownIds.ts';
import { RequestRecord } from '../../../../../runtime/src/requests/store/requestRecord.ts';
import { WallClock } from '../../../../../runtime/src/requests/store/wallClock.ts';

const origin = { ids: new OwnIds('tracker'), wallClock: new WallClock(() => 0, 0) };

function recordOf(sequence: number): RequestRecord {
  const unknown = {
    userId: undefined,
    agentId: undefined,
    parentId: undefined,
    trace: undefined,
    attributes: undefined,
    onFinishing: undefined,
  };
  return new RequestRecord({ sequence, givenId: undefined, operation: 'a', startedMillis: 0, origin, ...unknown });
}

/** A list, the records in it, and how often one was looked at. */
class Both {
  looks = 0;
  readonly list = new RecordList((record) => {
    this.looks += 1;
    return record.sequence;
  });
  naive: RequestRecord[] = [];

  push(sequence: number): void {
    const record = recordOf(sequence);
    this.list.push(record);
    this.naive.push(record);
  }

  /** Marks the record at an index as removed. */
  remove(index: number): void {
    const [record] = this.naive.splice(index, 1);
    if (record === undefined) return;
    record.isRemoved = true;
    this.list.noteRemoved(record);
  }
}

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('push' as const), gap: fc.integer({ min: 1, max: 3 }) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('remove' as const), at: fc.nat(100) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('removeFirst' as const), count: fc.nat(50) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('take' as const), at: fc.nat(100) }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'insert' as const }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('look' as const), number: fc.nat(300) }) },
  ),
  { maxLength: 300, size: 'max' },
);

function check({ list, naive }: Both, number: number): void {
  expect(list.find(number)).toBe(naive.find(({ sequence }) => sequence === number));
  expect(list.size).toBe(naive.length);
  expect(list.first).toBe(naive[0]);
  expect([...list.after(number)]).toEqual(naive.filter(({ sequence }) => sequence > number));
  expect([...list.before(number)]).toEqual(naive.filter(({ sequence }) => sequence < number).reverse());
}

describe('RecordList', () => {
  it('holds what an array would hold, in its order, whatever is removed, taken out and put in', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const both = new Both();
        const taken: RequestRecord[] = [];
        let last = 0;
        for (const step of given) {
          if (step.kind === 'push') both.push((last += step.gap));
          else if (step.kind === 'remove') both.remove(step.at % Math.max(1, both.naive.length));
          else if (step.kind === 'removeFirst') for (let left = step.count; left > 0; left -= 1) both.remove(0);
          else if (step.kind === 'look') check(both, step.number);
          else if (step.kind === 'take') {
            const [record] = both.naive.splice(step.at % Math.max(1, both.naive.length), 1);
            if (record === undefined) continue;
            both.list.take(record);
            taken.push(record);
          } else {
            const record = taken.pop();
            if (record === undefined) continue;
            both.list.insert(record);
            both.naive = [...both.naive, record].sort((a, b) => a.sequence - b.sequence);
          }
        }
        for (const number of [0, Math.floor(last / 2), last, Number.POSITIVE_INFINITY]) check(both, number);
      }),
      { numRuns: 200 },
    );
  });

  it('starts with one record where one is given', () => {
    const record = recordOf(5);
    const list = new RecordList(({ sequence }) => sequence, record);
    expect([list.size, list.first]).toEqual([1, record]);
    expect([...list.before(6)]).toEqual([record]);
  });

  it('takes out no record that is not in it', () => {
    const both = new Both();
    for (const sequence of [1, 2, 4]) both.push(sequence);
    both.list.take(recordOf(3));
    both.list.take(recordOf(4));
    check(both, 0);
  });

  it('looks at few records to take one out of a hundred thousand, and to find a place', () => {
    const both = new Both();
    for (let sequence = 1; sequence <= 100_000; sequence += 1) both.push(sequence);
    const record = both.naive[50_000] ?? recordOf(0);
    both.looks = 0;
    both.list.take(record);
    both.list.insert(record);
    expect(both.list.before(50_000).next().value?.sequence).toBe(49_999);
    expect(both.looks).toBeLessThan(3 * 18);
  });

  it('asks of each record few times whether it is removed, where all are removed from the first to the last', () => {
    let asked = 0;
    const list = new RecordList(({ sequence }) => sequence);
    const records = Array.from({ length: 20_000 }, (_, index) => recordOf(index + 1));
    for (const record of records) {
      let isRemoved = false;
      Object.defineProperty(record, 'isRemoved', {
        get: () => {
          asked += 1;
          return isRemoved;
        },
        set: (value: boolean) => void (isRemoved = value),
      });
      list.push(record);
    }
    for (const record of records) {
      expect(list.first).toBe(record);
      record.isRemoved = true;
      list.noteRemoved(record);
    }
    expect(list.size).toBe(0);
    expect(asked).toBeLessThan(6 * records.length);
  });
});
