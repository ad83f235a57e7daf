import { defaultTextMapGetter } from '@opentelemetry/api';
import type { Context, TextMapGetter, TextMapPropagator, TextMapSetter } from '@opentelemetry/api';
import { readHeader, readListHeader } from './readHeader.ts';

/** What of a header is shown to a propagator. */
export interface HeaderRule {
  readonly name: string;
  /** In characters. */
  readonly maxLength: number;
  /** Whether it is a comma-separated list, which is cut where it is too long; others are left out then. */
  readonly isList?: boolean;
  /** Values that do not match are left out. */
  readonly pattern?: RegExp;
}

/**
 * A propagator that reads only headers of bounded length, of the right type and form: those of OpenTelemetry search a
 * header of any length and keep it in memory with the span, and take an array for a text.
 */
export class BoundedPropagator implements TextMapPropagator<unknown> {
  readonly #propagator: TextMapPropagator<unknown>;
  readonly #rules: readonly HeaderRule[];

  constructor(propagator: TextMapPropagator<unknown>, rules: readonly HeaderRule[]) {
    this.#propagator = propagator;
    this.#rules = rules;
  }

  inject(context: Context, carrier: unknown, setter: TextMapSetter<unknown>): void {
    this.#propagator.inject(context, carrier, setter);
  }

  extract(context: Context, carrier: unknown, getter: TextMapGetter<unknown>): Context {
    let headers: Record<string, string> | undefined;
    for (const rule of this.#rules) {
      const value = read(carrier, getter, rule);
      if (value !== undefined) (headers ??= {})[rule.name] = value;
    }
    return headers === undefined ? context : this.#propagator.extract(context, headers, defaultTextMapGetter);
  }

  fields(): string[] {
    return this.#propagator.fields();
  }
}

function read(carrier: unknown, getter: TextMapGetter<unknown>, rule: HeaderRule): string | undefined {
  const { name, maxLength, isList, pattern } = rule;
  const value = (isList === true ? readListHeader : readHeader)(carrier, getter, name, maxLength);
  return value === undefined || pattern?.test(value) === false ? undefined : value;
}
