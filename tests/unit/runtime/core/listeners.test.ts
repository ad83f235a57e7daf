import { describe, expect, it } from 'vitest';
import { Listeners } from '../../../../runtime/src/core/listeners.ts';
import { settle } from '../../../support/fakeHost.ts';

function tested() {
  const errors: string[] = [];
  const told: string[] = [];
  const listeners = new Listeners<(event: string) => unknown>(({ message }) => errors.push(message));
  const tell = (event: string): void => listeners.tell((listener) => listener(event));
  return { errors, told, listeners, tell };
}

describe('listeners', () => {
  it('are told in the order in which they came, from when they were added until they are ended', () => {
    const { listeners, told, tell } = tested();
    expect(listeners.isEmpty).toBe(true);
    tell('before');
    const end = listeners.add((event) => told.push(`first ${event}`));
    listeners.add((event) => told.push(`second ${event}`));
    expect(listeners.isEmpty).toBe(false);
    tell('a');
    end();
    end();
    tell('b');
    expect(told).toEqual(['first a', 'second a', 'second b']);
  });

  it('say whether they are told just now, also where one has others told meanwhile', () => {
    const { listeners, told, tell } = tested();
    const note = (): void => void told.push(String(listeners.isTelling));
    listeners.add((event) => {
      if (event === 'a') tell('b');
      note();
    });
    listeners.add(() => {
      note();
      throw new Error('a listener that fails');
    });
    note();
    tell('a');
    note();
    expect(told).toEqual(['false', 'true', 'true', 'true', 'true', 'false']);
  });

  it('are told as often as they were added, and ended one by one', () => {
    const { listeners, told, tell } = tested();
    const listener = (event: string): unknown => told.push(event);
    const end = listeners.add(listener);
    listeners.add(listener);
    tell('a');
    end();
    tell('b');
    expect(told).toEqual(['a', 'a', 'b']);
  });

  it('disturb nobody with what they throw or reject with', async () => {
    const { listeners, told, errors, tell } = tested();
    listeners.add(() => {
      throw new Error('thrown');
    });
    listeners.add(() => Promise.reject(new Error('rejected')));
    listeners.add((event) => told.push(event));
    tell('a');
    await settle();
    expect([told, errors]).toEqual([['a'], ['thrown', 'rejected']]);
  });

  it('may add and end others while they are told, of which the event that is told knows nothing', () => {
    const { listeners, told, tell } = tested();
    let end = (): void => undefined;
    listeners.add((event) => {
      listeners.add((later) => told.push(`added ${later}`));
      end();
      told.push(`first ${event}`);
    });
    end = listeners.add((event) => told.push(`second ${event}`));
    tell('a');
    expect(told).toEqual(['first a', 'second a']);
  });
});
