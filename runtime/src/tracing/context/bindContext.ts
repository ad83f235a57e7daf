import { EventEmitter } from 'node:events';
import { context, type Context } from '@opentelemetry/api';

/**
 * Ties a callback or an event emitter to the context that is active now. Promises, timers and streams carry it by
 * themselves; this is for what is called by somebody else's code at another time: a callback that a pool or a queue of
 * the application keeps, and listeners, which run in the context of whoever emits.
 *
 * @param target - A function: what is returned calls it in this context. An emitter: from now on all of its listeners run
 * in this context, and the emitter itself is returned. An emitter that is bound already stays as it is bound.
 * @throws TypeError for anything else. An `EventTarget` has events that Node.js dispatches itself, past whatever could be put
 * around them: bind its listeners, each by itself.
 */
export function bindContext<Target extends EventEmitter | ((...args: never[]) => unknown)>(target: Target): Target {
  const active = context.active();
  if (target instanceof EventEmitter) {
    bindEmitter(target, active);
    return target;
  }
  if (typeof target === 'function') return context.bind(active, target);
  throw new TypeError(
    'bindContext takes a function or an EventEmitter; of an EventTarget bind each listener: ' +
      'target.addEventListener(type, bindContext(listener))',
  );
}

// OpenTelemetry's own `bind` wraps each listener, and loses those that are added twice: they cannot be removed any more.
function bindEmitter(emitter: EventEmitter, active: Context): void {
  const emit = emitter.emit.bind(emitter);
  const value = (event: string | symbol, ...args: unknown[]): boolean =>
    context.with(active, () => emit(event, ...args));
  Object.defineProperty(emitter, 'emit', { value, writable: true, configurable: true, enumerable: false });
}
