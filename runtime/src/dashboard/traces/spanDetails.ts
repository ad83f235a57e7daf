import { REDACTED, redactedText } from '../../core/redaction.ts';
import { isSensitiveKey } from '../../core/sensitiveKey.ts';
import { shownName, shownValue } from '../foreignText.ts';
import { type JaegerSpan, type JaegerTag, type JaegerTrace, serviceOf } from './jaegerTrace.ts';
import { parentReferenceOf, textOfTag } from './spanFacts.ts';
import { DEFAULT_WATERFALL_LIMITS, MOST_NAME_LENGTH, type WaterfallLimits } from './waterfallLimits.ts';

/** A tag as it is shown; what its name says is a secret is not. */
export interface ShownTag {
  readonly key: string;
  readonly value: string | number | boolean;
}

/** Something that happened within a span. */
export interface SpanEvent {
  /** Since the trace's start; less than 0 where clocks differ. */
  readonly atMicros: number;
  readonly name: string;
  readonly tags: readonly ShownTag[];
}

/** An exception that a span recorded. */
export interface SpanException {
  /** Since the trace's start; less than 0 where clocks differ. */
  readonly atMicros: number;
  readonly type: string;
  readonly message: string;
  /** Empty where none was recorded. */
  readonly stack: string;
}

/** What a span says beside its times. */
export interface SpanDetails {
  readonly tags: readonly ShownTag[];
  readonly events: readonly SpanEvent[];
  readonly exceptions: readonly SpanException[];
  /** Spans that it has to do with, beside its parent. */
  readonly links: readonly SpanLink[];
  readonly warnings: readonly string[];
  /** What sent it: its resource, as OpenTelemetry calls it. */
  readonly process: { readonly service: string; readonly tags: readonly ShownTag[] };
  /** How many tags and events there are beyond those that are here. */
  readonly leftOut: number;
}

/** A span that another one names. */
export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
}

/** Makes the details of a trace's spans: without secrets, and so much of them as one looks at. */
export class SpanDetailsReader {
  readonly #limits: Required<WaterfallLimits>;
  readonly #trace: JaegerTrace;
  readonly #traceStartMicros: number;
  readonly #redact: (text: string) => string;
  /** Names of tags are few, and each is judged and cleaned once. */
  readonly #names = new Map<string, { readonly shown: string; readonly isSecret: boolean }>();
  /** Of the span that is read. */
  #room = 0;
  #leftOut = 0;

  /** @param redact - takes secrets out of texts that the services wrote */
  constructor(
    trace: JaegerTrace,
    traceStartMicros: number,
    redact: (text: string) => string,
    limits: WaterfallLimits = {},
  ) {
    this.#limits = { ...DEFAULT_WATERFALL_LIMITS, ...limits };
    this.#trace = trace;
    this.#traceStartMicros = traceStartMicros;
    this.#redact = redact;
  }

  read(span: JaegerSpan): SpanDetails {
    const { maxEvents, maxTextLength } = this.#limits;
    this.#room = maxTextLength;
    this.#leftOut = 0;
    const tags = this.#tags(span.tags);
    const exceptions: SpanException[] = [];
    const events: SpanEvent[] = [];
    for (const log of this.#beginning(span.logs, maxEvents)) {
      if (eventNameOf(log) === 'exception') exceptions.push(this.#exception(log));
      else events.push(this.#event(log));
    }
    const warnings = (span.warnings ?? []).slice(0, maxEvents).map((warning) => this.#text(warning));
    const process = {
      service: shownName(serviceOf(span, this.#trace), MOST_NAME_LENGTH),
      tags: this.#tags(this.#trace.processes?.[span.processID ?? '']?.tags),
    };
    return { tags, events, exceptions, links: this.#links(span), warnings, process, leftOut: this.#leftOut };
  }

  #tags(tags: readonly JaegerTag[] | null | undefined): readonly ShownTag[] {
    return this.#beginning(tags, this.#limits.maxTags).map((tag) => this.#tag(tag));
  }

  /** So many as there may be, while there is room: what each takes is known when it was read. */
  #beginning<Item>(items: readonly Item[] | null | undefined, most: number): Item[] {
    const all = items ?? [];
    const shown = this.#room > 0 ? all.slice(0, most) : [];
    this.#leftOut += all.length - shown.length;
    return shown;
  }

  #links(span: JaegerSpan): readonly SpanLink[] {
    const parentId = parentReferenceOf(span, this.#trace.traceID)?.spanId;
    return (span.references ?? [])
      .filter(({ spanID }) => spanID !== parentId)
      .slice(0, this.#limits.maxEvents)
      .map(({ traceID, spanID }) => ({
        traceId: shownName(traceID, MOST_NAME_LENGTH),
        spanId: shownName(spanID, MOST_NAME_LENGTH),
      }));
  }

  #event(log: Log): SpanEvent {
    const name = eventNameOf(log);
    const fields = name === undefined ? log.fields : log.fields?.filter(({ key }) => key !== 'event');
    return {
      atMicros: this.#atMicros(log),
      name: shownName(name ?? 'event', MOST_NAME_LENGTH),
      tags: this.#tags(fields),
    };
  }

  #exception(log: Log): SpanException {
    const { fields } = log;
    return {
      atMicros: this.#atMicros(log),
      type: shownName(textOfTag(fields, 'exception.type') ?? 'Error', MOST_NAME_LENGTH),
      message: this.#text(textOfTag(fields, 'exception.message') ?? ''),
      stack: this.#text(textOfTag(fields, 'exception.stacktrace') ?? '', this.#limits.maxStackLength),
    };
  }

  #tag({ key, value }: JaegerTag): ShownTag {
    const { shown, isSecret } = this.#nameOf(key);
    this.#room -= shown.length;
    if (isSecret || this.#room < 0) return { key: shown, value: isSecret ? REDACTED : LEFT_OUT };
    if (typeof value === 'string') return { key: shown, value: this.#text(value) };
    if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
      return { key: shown, value };
    return { key: shown, value: this.#text(redactedText(value, { maxLength: this.#limits.maxValueLength })) };
  }

  #nameOf(key: string): { readonly shown: string; readonly isSecret: boolean } {
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = { shown: shownName(key, MOST_NAME_LENGTH), isSecret: isSensitiveKey(key) };
    if (this.#names.size < MOST_NAMES) this.#names.set(key, name);
    return name;
  }

  #text(text: string, maxLength = this.#limits.maxValueLength): string {
    const shown = shownValue(this.#redact(text), maxLength, text.length);
    this.#room -= shown.length;
    return shown;
  }

  #atMicros({ timestamp }: Log): number {
    return timestamp - this.#traceStartMicros;
  }
}

/** In the place of a value for which there is no room. */
const LEFT_OUT = '[left out]';

type Log = NonNullable<JaegerSpan['logs']>[number];

/** Of how many different names of tags it is kept what they say. */
const MOST_NAMES = 1000;

function eventNameOf({ fields }: Log): string | undefined {
  return textOfTag(fields, 'event');
}
