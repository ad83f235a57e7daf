import { type BatchObservableResult, type Meter, ValueType } from '@opentelemetry/api';
import type { Dispose } from '../../core/hostProcess.ts';
import { DROP_REASONS } from './dropReason.ts';
import type { SpanLedger } from './spanLedger.ts';

/**
 * Shows a ledger as OpenTelemetry instruments, all of unit `{span}` and counted since the process began to trace:
 *
 * - `tracewright.spans.created`, `.sent`, `.unsampled`, `.trimmed`: counters;
 * - `tracewright.spans.dropped`: a counter with attribute `reason`, one series for each `DropReason` from the start;
 * - `tracewright.spans.queued`, `.in_flight`: up-down counters.
 *
 * `exported` of `SpanCounts` is called `sent` here whatever the exporter is: over UDP, where nobody answers, it is what
 * was handed to the kernel, and a name that promised more would change its meaning with the configuration. All values of
 * one collection are of the same instant, so that the law of `SpanCounts` holds in them.
 *
 * @returns ends the observation
 */
export function observeLedger(ledger: SpanLedger, meter: Meter): Dispose {
  const instruments = createInstruments(meter);
  const observables = Object.values(instruments);
  const observe = (result: BatchObservableResult): void => observeCounts(result, ledger, instruments);
  meter.addBatchObservableCallback(observe, observables);
  return () => meter.removeBatchObservableCallback(observe, observables);
}

type Instruments = ReturnType<typeof createInstruments>;

function createInstruments(meter: Meter) {
  const options = (description: string) => ({ description, unit: '{span}', valueType: ValueType.INT });
  const counter = (name: string, description: string) =>
    meter.createObservableCounter(`tracewright.spans.${name}`, options(description));
  const upDownCounter = (name: string, description: string) =>
    meter.createObservableUpDownCounter(`tracewright.spans.${name}`, options(description));
  return {
    created: counter('created', 'Recorded, sampled spans that ended.'),
    sent: counter('sent', 'Spans that the destination took; over UDP those that were handed to the kernel.'),
    dropped: counter('dropped', 'Spans that were lost, by reason.'),
    unsampled: counter('unsampled', 'Spans that sampling turned away; not among those created.'),
    trimmed: counter('trimmed', 'Spans among those sent that were trimmed to fit.'),
    queued: upDownCounter('queued', 'Spans that wait to be sent.'),
    inFlight: upDownCounter('in_flight', 'Spans that are being sent.'),
  };
}

function observeCounts(result: BatchObservableResult, ledger: SpanLedger, instruments: Instruments): void {
  const counts = ledger.snapshot();
  result.observe(instruments.created, counts.created);
  result.observe(instruments.sent, counts.exported);
  for (const reason of DROP_REASONS) result.observe(instruments.dropped, counts.dropped[reason], { reason });
  result.observe(instruments.unsampled, counts.unsampled);
  result.observe(instruments.trimmed, counts.trimmed);
  result.observe(instruments.queued, counts.queued);
  result.observe(instruments.inFlight, counts.inFlight);
}
