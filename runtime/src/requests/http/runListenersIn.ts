import type { EventEmitter } from 'node:events';
import type { TrackedRequest } from '../trackedRequest.ts';

/**
 * Lets the listeners of an emitter run with a request as the current one. The events of a request's body and of its response
 * come from the connection, which is older than any request on it: their listeners would know of none.
 */
export function runListenersIn(request: TrackedRequest, emitter: EventEmitter): void {
  const emit: unknown = Reflect.get(emitter, 'emit');
  if (typeof emit !== 'function') return;
  Object.defineProperty(emitter, 'emit', {
    value: function (this: EventEmitter, ...args: Parameters<EventEmitter['emit']>): boolean {
      // Most events of a request are listened to by nobody, and a context costs more than all else here.
      if (this.listenerCount(args[0]) === 0) return Reflect.apply(emit, this, args) === true;
      return request.run(() => Reflect.apply(emit, this, args) === true);
    },
    configurable: true,
    enumerable: false,
    writable: true,
  });
}
