import type { Attributes } from '@opentelemetry/api';
import { neverThrowing } from '../../core/neverThrowing.ts';
import { redactedAttributes } from '../../core/redactedAttributes.ts';
import type { MetricScope, MetricSnapshot } from '../../performance/metrics/metricSnapshot.ts';
import { escapedValue } from './escapedText.ts';
import type { ExpositionFormat } from './expositionFormat.ts';
import { LabelTexts, labelsText, valueText } from './labelTexts.ts';
import { type MetricFamily, metricFamilies } from './metricFamilies.ts';
import { MetricLeftOutError } from './metricLeftOutError.ts';
import { pointTexts } from './pointTexts.ts';

/** Characters of a chunk, about: few enough for the event loop to get a turn within a millisecond. */
const CHUNK_CHARACTERS = 65_536;

/** What is shown besides the metrics, and how. */
export interface ExpositionOptions {
  /**
   * What the process is, as OpenTelemetry's resource: shown once, as `target_info`. Values are redacted whose keys say that
   * they are secrets.
   * @defaultValue nothing is said of it
   */
  readonly resource?: { readonly attributes: Attributes };
  /**
   * Whether each series names the scope it comes from, in `otel_scope_name` and `otel_scope_version`.
   * @defaultValue true
   */
  readonly scopeLabels?: boolean;
  /** Gets a `MetricLeftOutError` for each metric that cannot be shown, or not all of it. @defaultValue nobody gets it */
  readonly onLeftOut?: (error: Error) => void;
}

interface Writing {
  readonly format: ExpositionFormat;
  readonly scopeLabels: boolean;
  readonly labels: LabelTexts;
  readonly tell: (error: Error) => void;
}

/**
 * Writes metrics in a format, in chunks of about 64 KiB, each made when it is asked for. Who gives the same labels for each
 * scrape has them escaped once, which makes it much quicker.
 */
export function* writeExposition(
  metrics: readonly MetricSnapshot[],
  format: ExpositionFormat,
  options: ExpositionOptions,
  labels = new LabelTexts(),
): Generator<string, undefined> {
  const { resource, scopeLabels = true, onLeftOut = ignore } = options;
  const writing = { format, scopeLabels, labels, tell: neverThrowing(onLeftOut) };
  let rest = resource === undefined ? '' : targetInfo(resource.attributes, format);
  for (const family of metricFamilies(metrics, writing.tell)) {
    if (family.metrics.every(({ points }) => points.length === 0)) continue;
    rest = yield* writeFamily(family, rest + format.header(family), writing);
  }
  rest += format.end;
  if (rest !== '') yield rest;
}

/** @returns what has not been yielded of what was before it and of itself */
function* writeFamily(family: MetricFamily, before: string, writing: Writing): Generator<string, string> {
  const shown = new Map<string, Set<string>>();
  let chunk = before;
  for (const metric of family.metrics) {
    const textOf = seriesTexts(family.name, metric, shown, writing);
    let leftOut = 0;
    for (let index = 0; index < metric.points.length; index += 1) {
      const text = textOf(index);
      if (text === undefined) leftOut += 1;
      else chunk += text;
      if (chunk.length < CHUNK_CHARACTERS) continue;
      yield chunk;
      chunk = '';
    }
    if (leftOut > 0) writing.tell(seriesLeftOut(metric, leftOut));
  }
  return chunk;
}

/** @param shown - the labels of the family's series that were written, by their scope: a server refuses to take one twice */
function seriesTexts(
  name: string,
  metric: MetricSnapshot,
  shown: Map<string, Set<string>>,
  { format, scopeLabels, labels }: Writing,
): (index: number) => string | undefined {
  const scope = scopeLabels ? scopeText(metric.scope) : '';
  const shownOfScope = shown.get(scope) ?? new Set();
  shown.set(scope, shownOfScope);
  const textOf = pointTexts(metric, { name, scopeLabels: scope, isOpenMetrics: format.isOpenMetrics });
  return (index) => {
    const point = metric.points[index];
    if (point === undefined) return undefined;
    const text = labels.of(point.attributes);
    const size = shownOfScope.size;
    return shownOfScope.add(text).size === size ? undefined : textOf(index, text);
  };
}

function scopeText({ name, version }: MetricScope): string {
  return [
    ['otel_scope_name', name],
    ['otel_scope_version', version],
  ]
    .flatMap(([label, value]) => (value ? [`${label ?? ''}="${escapedValue(valueText(value))}"`] : []))
    .join(',');
}

function targetInfo(attributes: Attributes, { targetHeader }: ExpositionFormat): string {
  const labels = labelsText(redactedAttributes(attributes));
  return labels === '' ? '' : `${targetHeader}target_info{${labels}} 1\n`;
}

function seriesLeftOut({ name, scope }: MetricSnapshot, count: number): MetricLeftOutError {
  const series = count === 1 ? '1 series has' : `${count} series have`;
  const reason = `${series} the labels of another one, or a count that is no number from zero on`;
  return new MetricLeftOutError({ metric: name, scope: scope.name, reason });
}

function ignore(): void {
  return undefined;
}
