import { setImmediate } from 'node:timers/promises';

/** Lets the event loop do what waits: sockets, timers, other requests. */
export function nextTurn(): Promise<void> {
  return setImmediate();
}
