import { describe, expect, it } from 'vitest';
import { TimeoutError } from '../../../../runtime/src/core/timeoutError.ts';
import { withTimeout } from '../../../../runtime/src/core/withTimeout.ts';
import { FakeHost } from '../../../support/fakeHost.ts';

const never = new Promise<never>(() => undefined);

describe('withTimeout', () => {
  it('passes on what the work returns or throws, and leaves no timer', async () => {
    const host = new FakeHost();
    const options = { operation: 'work', timeoutMillis: 10, host };
    await expect(withTimeout(Promise.resolve(1), options)).resolves.toBe(1);
    await expect(withTimeout(Promise.reject(new TypeError('no')), options)).rejects.toThrow(new TypeError('no'));
    expect(host.timerCount).toBe(0);
  });

  it('rejects when the time is over', async () => {
    const host = new FakeHost();
    const waiting = withTimeout(never, { operation: 'the export', timeoutMillis: 10, host });
    host.advance(10);
    await expect(waiting).rejects.toThrow(new TimeoutError('the export', 10));
    await expect(waiting).rejects.toThrow('the export took longer than 10 ms');
  });
});
