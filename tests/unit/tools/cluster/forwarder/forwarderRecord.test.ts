import { describe, expect, it } from 'vitest';
import { parseForwarderRecord } from '../../../../../tools/cluster/forwarder/forwarderRecord.ts';

const record = {
  process: { pid: 77, startTime: '4711', bootId: 'boot' },
  port: 6443,
  targetAddress: '10.231.0.2',
  targetPort: 6443,
};

describe('parseForwarderRecord', () => {
  it('accepts what a forwarder wrote', () => {
    expect(parseForwarderRecord(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });

  it.each([undefined, {}, { ...record, process: {} }, { ...record, port: '6443' }, { ...record, targetAddress: 1 }])(
    'refuses %j',
    (value) => {
      expect(parseForwarderRecord(value)).toBeUndefined();
    },
  );
});
