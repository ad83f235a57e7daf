import { describe, expect, it } from 'vitest';
import { unlessAborted } from '../../../../tools/validate/unlessAborted.ts';

const never = new Promise<never>(() => undefined);

describe('unlessAborted', () => {
  it('gives what the work comes to, or throws what it throws', async () => {
    const { signal } = new AbortController();
    await expect(unlessAborted(Promise.resolve(1), signal)).resolves.toBe(1);
    await expect(unlessAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
  });

  it('throws the reason as soon as the signal aborts', async () => {
    const abort = new AbortController();
    const waiting = unlessAborted(never, abort.signal);
    abort.abort(new Error('late'));
    await expect(waiting).rejects.toThrow('late');
  });

  it('throws the reason of a signal that has aborted before', async () => {
    await expect(unlessAborted(never, AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
  });
});
