import { QuantileSketch } from '../../core/quantileSketch.ts';

/** A finished request, as statistics see it. */
export interface FinishedRequest {
  readonly outcome: 'completed' | 'failed' | 'cancelled';
  readonly durationMillis: number;
  /** `bucketOf(durationMillis)`. */
  readonly bucket: number;
  /** How pleased Apdex takes the user to be. */
  readonly satisfaction: 'satisfied' | 'tolerating' | 'frustrated';
}

/** Durations of requests with the same outcome. */
export class DurationSummary {
  count = 0;
  sumMillis = 0;
  minMillis = Number.POSITIVE_INFINITY;
  maxMillis = 0;
  readonly histogram = new QuantileSketch();

  add(durationMillis: number, bucket: number): void {
    this.count += 1;
    this.sumMillis += durationMillis;
    if (durationMillis < this.minMillis) this.minMillis = durationMillis;
    if (durationMillis > this.maxMillis) this.maxMillis = durationMillis;
    this.histogram.add(bucket);
  }

  merge(other: DurationSummary): void {
    this.count += other.count;
    this.sumMillis += other.sumMillis;
    this.minMillis = Math.min(this.minMillis, other.minMillis);
    this.maxMillis = Math.max(this.maxMillis, other.maxMillis);
    this.histogram.merge(other.histogram);
  }
}

/** What requests that ended in a slice of time took, and how they ended. */
export class OutcomeSlice {
  completed: DurationSummary | undefined;
  /** Of cancelled ones too. */
  failed: DurationSummary | undefined;
  cancelled = 0;
  satisfied = 0;
  tolerating = 0;

  add({ outcome, durationMillis, bucket, satisfaction }: FinishedRequest): void {
    const summary =
      outcome === 'completed' ? (this.completed ??= new DurationSummary()) : (this.failed ??= new DurationSummary());
    summary.add(durationMillis, bucket);
    if (outcome === 'cancelled') this.cancelled += 1;
    if (satisfaction === 'satisfied') this.satisfied += 1;
    else if (satisfaction === 'tolerating') this.tolerating += 1;
  }

  merge(other: OutcomeSlice): void {
    if (other.completed !== undefined) (this.completed ??= new DurationSummary()).merge(other.completed);
    if (other.failed !== undefined) (this.failed ??= new DurationSummary()).merge(other.failed);
    this.cancelled += other.cancelled;
    this.satisfied += other.satisfied;
    this.tolerating += other.tolerating;
  }

  /** How many requests ended. */
  get count(): number {
    return (this.completed?.count ?? 0) + (this.failed?.count ?? 0);
  }

  /** How many outcomes have durations of their own. */
  get summaryCount(): number {
    return (this.completed === undefined ? 0 : 1) + (this.failed === undefined ? 0 : 1);
  }

  /** How many buckets of its histograms hold something. */
  get bucketCount(): number {
    return (this.completed?.histogram.bucketCount ?? 0) + (this.failed?.histogram.bucketCount ?? 0);
  }
}
