import { context, propagation } from '@opentelemetry/api';
import { assertWritableCarrier, carrierSetter } from './carrierSetter.ts';

/**
 * Writes the active trace context and baggage into what will travel with a message to a queue, or to a worker thread in
 * its `workerData` or with `postMessage`; `continueTrace` or `extractContext` reads it there. The names of the keys are
 * those of the HTTP headers.
 *
 * Writes nothing where no span is active and there is no baggage.
 *
 * A worker thread makes spans of its own where it inherits the register entry, as it does unless its options have an
 * `execArgv` without it, or where it calls `createTracing` itself. What waits to be sent is lost with a thread that is
 * ended by `terminate()`.
 *
 * @param carrier - the message's headers: a plain object, a `Map`, `Headers`, or another object with the functions `get` and
 * `set`; a new object by default
 * @returns the carrier
 * @throws TypeError for what nothing can be written into: a value that is no object, an array, an object that is frozen,
 * sealed or otherwise not extensible.
 */
export function injectContext(): Record<string, string>;
/** The same into headers that there are already. */
export function injectContext<Carrier extends object>(carrier: Carrier): Carrier;
export function injectContext(carrier: object = {}): object {
  assertWritableCarrier(carrier);
  propagation.inject(context.active(), carrier, carrierSetter);
  return carrier;
}
