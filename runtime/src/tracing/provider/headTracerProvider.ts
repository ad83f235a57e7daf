import type { Tracer, TracerOptions, TracerProvider } from '@opentelemetry/api';
import { HeadTracer, type HeadTracerParts } from './headTracer.ts';

/** Gives a `HeadTracer` for every tracer of the SDK's provider. */
export class HeadTracerProvider implements TracerProvider {
  readonly #recording: TracerProvider;
  readonly #parts: HeadTracerParts;
  readonly #tracers = new WeakMap<Tracer, HeadTracer>();

  /** @param recording - the SDK's provider, whose sampler and ID generator are those of `parts.handOver` */
  constructor(recording: TracerProvider, parts: HeadTracerParts) {
    this.#recording = recording;
    this.#parts = parts;
  }

  getTracer(name: string, version?: string, options?: TracerOptions): Tracer {
    const recording = this.#recording.getTracer(name, version, options);
    const known = this.#tracers.get(recording);
    if (known !== undefined) return known;
    const tracer = new HeadTracer(recording, this.#parts);
    this.#tracers.set(recording, tracer);
    return tracer;
  }
}
