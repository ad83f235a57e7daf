import { createNoopMeter, type Meter, type MeterProvider, metrics } from '@opentelemetry/api';
import type { Dispose, HostProcess } from './hostProcess.ts';
import { INSTRUMENTATION_SCOPE } from './instrumentationScope.ts';

const LOOK_MILLIS = 10_000;

/** What `followMeterProvider` is made of. */
export interface FollowMeterProviderOptions {
  /** Makes instruments on a meter, and returns what takes them away again. */
  readonly observe: (meter: Meter) => Dispose;
  readonly host: Pick<HostProcess, 'schedule'>;
  /** @defaultValue the application's global provider, as it is at the time */
  readonly currentProvider?: () => MeterProvider;
}

/**
 * Shows instruments on the application's meter provider, whenever it is set: at once, or within ten seconds of its setting.
 *
 * Metrics have no proxy as traces have: `metrics.getMeter` of `@opentelemetry/api` 1.10 returns, before a provider is
 * set, a meter that never does anything. So this looks again from time to time, which costs one look-up. Totals miss
 * nothing by coming late. A provider whose meter throws is left alone.
 *
 * @returns ends the observation
 */
export function followMeterProvider(options: FollowMeterProviderOptions): Dispose {
  const { observe, host, currentProvider = () => metrics.getMeterProvider() } = options;
  let observed: MeterProvider | undefined;
  let stopObserving: Dispose = nothing;
  let stopLooking: Dispose = nothing;
  const look = (): void => {
    stopLooking = host.schedule(look, LOOK_MILLIS);
    const provider = currentProvider();
    if (provider === observed) return;
    observed = provider;
    stopObserving();
    stopObserving = observeOn(provider, observe);
  };
  look();
  return () => {
    stopLooking();
    stopObserving();
    stopObserving = nothing;
  };
}

/** Whether the application has set a meter provider that does something; one that throws is its own affair, and is left alone. */
export function hasMeterProvider(): boolean {
  try {
    return metrics.getMeterProvider().getMeter(INSTRUMENTATION_SCOPE) !== createNoopMeter();
  } catch {
    return true;
  }
}

function observeOn(provider: MeterProvider, observe: (meter: Meter) => Dispose): Dispose {
  try {
    const meter = provider.getMeter(INSTRUMENTATION_SCOPE);
    // What is shown to nobody need not be measured.
    if (meter === createNoopMeter()) return nothing;
    const stop = observe(meter);
    return () => quietly(stop);
  } catch {
    // A broken provider of the application is its own affair; this runs in a timer, where a throw would end the process.
    return nothing;
  }
}

function quietly(dispose: Dispose): void {
  try {
    dispose();
  } catch {
    // As above.
  }
}

function nothing(): void {
  return undefined;
}
