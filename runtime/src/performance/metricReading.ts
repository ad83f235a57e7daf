import type { Attributes } from '@opentelemetry/api';

/** A number that was read of the machine or the process. */
export interface MetricReading {
  /** By OpenTelemetry's conventions: `system.cpu.utilization`. */
  readonly metric: string;
  readonly value: number;
  /** What tells it from other readings of its metric: the device, the state. */
  readonly attributes?: Attributes | undefined;
}

/** A source that gave nothing, and why: what it would have told is not known, and is not zero. */
export interface MetricGap {
  /** What was asked: `disk space`. */
  readonly source: string;
  /** The metrics that have no value now. */
  readonly metrics: readonly string[];
  /**
   * What the missing values have of attributes: the device.
   * @defaultValue there is none of the metrics, whatever their attributes
   */
  readonly attributes?: Attributes | undefined;
  /** In words: `took longer than 10 s`, `/proc/stat: permission denied`. */
  readonly reason: string;
}

/** What a round of reading gave. */
export interface ReadingRound {
  readonly readings: readonly MetricReading[];
  readonly gaps: readonly MetricGap[];
}

/** A metric that readings are of. */
export interface ReadMetric {
  readonly name: string;
  readonly kind: 'counter' | 'upDownCounter' | 'gauge';
  readonly unit: string;
  readonly description: string;
}

/** Reads something every time it is asked. */
export interface MetricSampler {
  /** All metrics that it may have readings of. */
  readonly metrics: readonly ReadMetric[];
  /** Calling it again does nothing. */
  start(): void;
  /** Bounded in time. Never rejects: what cannot be read is a gap. */
  read(): Promise<ReadingRound>;
  /** Undoes what `start` did, and lets a round that waits come to its end. Calling it again does nothing. */
  stop(): void;
}
