import { type Context, trace, type Tracer, type TracerProvider } from '@opentelemetry/api';
import { INSTRUMENTATION_SCOPE } from '../../core/instrumentationScope.ts';
import { isRegisteredProvider, type RegisteredProvider } from '../provider/registeredProvider.ts';

/**
 * A tracer that may say beforehand that a span would record nothing. Any tracer of OpenTelemetry's is one: the method is
 * optional, and without it every span is started to find out.
 */
export interface ForeseeingTracer extends Tracer {
  /**
   * Whether a span started in `context` would be recorded by nobody and would pass on nothing but what `context` passes on
   * already: its trace is not sampled and the sampler follows its parent, or tracing is suppressed. The work is then done
   * without a span. Asked before every call of a traced function: it has to be cheap, and must not throw.
   */
  readonly isTracingOff?: (context: Context) => boolean;
}

/**
 * Finds the tracer of the provider that runs, at every call: functions are traced while modules load, often before there
 * is a provider, and a test may replace it. The tracer of a provider is asked for once.
 */
export class TracerSource {
  #registered: TracerProvider | undefined;
  #proxy: RegisteredProvider | undefined;
  #running: TracerProvider | undefined;
  #tracer: ForeseeingTracer | undefined;

  /**
   * The tracer for a span whose parent is in `parent`.
   *
   * @returns `undefined` where there is nothing to be recorded: no provider runs, or tracing is off in that context
   */
  tracerFor(parent: Context): Tracer | undefined {
    const registered = trace.getTracerProvider();
    if (registered !== this.#registered) {
      this.#registered = registered;
      this.#proxy = isRegisteredProvider(registered) ? registered : undefined;
    }
    // The API registers a proxy, which outlives the providers behind it.
    const running = this.#proxy === undefined ? registered : this.#proxy.getDelegate();
    if (running !== this.#running) {
      this.#running = running;
      this.#tracer = tracerOf(registered);
    }
    const tracer = this.#tracer;
    return tracer?.isTracingOff?.(parent) === true ? undefined : tracer;
  }
}

/** Without a provider the proxy has a tracer nevertheless, one that does nothing at some expense: not that one. */
function tracerOf(registered: TracerProvider): Tracer | undefined {
  return isRegisteredProvider(registered)
    ? registered.getDelegateTracer(INSTRUMENTATION_SCOPE)
    : registered.getTracer(INSTRUMENTATION_SCOPE);
}
