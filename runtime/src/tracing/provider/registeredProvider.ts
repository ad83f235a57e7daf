import { INSTRUMENTATION_SCOPE } from '../../core/instrumentationScope.ts';
import { trace, type Tracer, type TracerProvider } from '@opentelemetry/api';

/** The proxy that the API registers in place of the first provider, and that hands out the tracers of its delegate. */
export interface RegisteredProvider extends TracerProvider {
  getDelegate(): TracerProvider;
  setDelegate(delegate: TracerProvider): void;
  /** `undefined` where no provider was set. */
  getDelegateTracer(name: string): Tracer | undefined;
}

/**
 * What the API has registered. Known by its shape: it may come from another copy of the API.
 *
 * @throws TypeError when the API has registered something else.
 */
export function registeredProvider(): RegisteredProvider {
  const provider = trace.getTracerProvider();
  if (isRegisteredProvider(provider)) return provider;
  throw new TypeError('@opentelemetry/api has no proxy for tracer providers any more');
}

/** Whether this process has a tracer provider: spans that are made go to somebody. */
export function hasTracerProvider(): boolean {
  const provider = trace.getTracerProvider();
  return isRegisteredProvider(provider) && provider.getDelegateTracer(INSTRUMENTATION_SCOPE) !== undefined;
}

/** Whether a provider is the API's proxy. By its shape: the name of its class is deprecated. */
export function isRegisteredProvider(provider: TracerProvider): provider is RegisteredProvider {
  return 'getDelegate' in provider && 'setDelegate' in provider && 'getDelegateTracer' in provider;
}
