import { expect, test, vi } from 'vitest';
import { destroyStack, ProtectionOffError } from '../../../../tools/up/destroyStack.ts';

const failure = new Error('pulumi destroy failed:\nerror: no route to host');

function destroying(isProtected: boolean, signal = new AbortController().signal) {
  const engine = { unprotect: vi.fn(() => Promise.resolve()), destroy: vi.fn(() => Promise.reject(failure)) };
  const done = destroyStack({ engine, stack: 'prod', isProtected, report: () => undefined, signal });
  return { engine, done };
}

test('a destroy that fails after protection was taken away says that it is off, until when, and why it failed', async () => {
  const { engine, done } = destroying(true);
  await expect(done).rejects.toThrow(ProtectionOffError);
  await expect(done).rejects.toThrow('its deletion protection is off until the next `npm run up`');
  await expect(done).rejects.toThrow('no route to host');
  expect(engine.unprotect).toHaveBeenCalledOnce();
});

test('so does one that was interrupted', async () => {
  const { done } = destroying(true, AbortSignal.abort(new Error('ended by SIGINT')));
  await expect(done).rejects.toThrow(/protection is off.*ended by SIGINT/);
});

test('a stack that nothing protected fails with the failure alone', async () => {
  const { engine, done } = destroying(false);
  await expect(done).rejects.toBe(failure);
  expect(engine.unprotect).not.toHaveBeenCalled();
});
