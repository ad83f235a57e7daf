import { type ExpositionFormat, OPEN_METRICS, PROMETHEUS_TEXT } from './expositionFormat.ts';

interface MediaRange {
  /** In lower case: `text/plain`, `text/*`. */
  readonly type: string;
  /** `undefined` where any will do. */
  readonly version: string | undefined;
  /** From 0 to 1. */
  readonly quality: number;
}

/**
 * The format that a client asks for in `Accept`. OpenMetrics is for who names it, and likes it no less than the text; all
 * others get the text, those too that ask for neither: who looks at it in a browser does.
 */
export function acceptedFormat(accept: string | undefined): ExpositionFormat {
  const ranges = (accept ?? '').split(',').map(mediaRange);
  const openMetrics = qualityOf(ranges, ['application/openmetrics-text'], '1.0.0');
  const text = qualityOf(ranges, ['text/plain', 'text/*', '*/*'], '0.0.4');
  return openMetrics > 0 && openMetrics >= text ? OPEN_METRICS : PROMETHEUS_TEXT;
}

/** Whether a client takes gzip, by `Accept-Encoding`. Who says nothing does not. */
export function acceptsGzip(acceptEncoding: string | undefined): boolean {
  const ranges = (acceptEncoding ?? '').split(',').map(mediaRange);
  return qualityOf(ranges, ['gzip', 'x-gzip'], undefined) > 0;
}

/** By the first of the types that is named at all, in the version or without one. */
function qualityOf(ranges: readonly MediaRange[], types: readonly string[], version: string | undefined): number {
  for (const type of types) {
    const fitting = ranges.filter(
      (range) => range.type === type && (range.version === undefined || range.version === version),
    );
    if (fitting.length > 0) return Math.max(...fitting.map(({ quality }) => quality));
  }
  return 0;
}

function mediaRange(text: string): MediaRange {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const valueOf = (name: string): string | undefined =>
    parameters
      .find((parameter) => parameter.startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .replaceAll('"', '');
  const quality = Number(valueOf('q') ?? 1);
  return { type, version: valueOf('version'), quality: quality >= 0 && quality <= 1 ? quality : 0 };
}
