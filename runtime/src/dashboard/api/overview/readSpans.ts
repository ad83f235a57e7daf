import type { SeriesStore } from '../../../performance/series/seriesStore.ts';
import type { SpanCounts } from '../../../tracing/accounting/spanLedger.ts';
import type { SpansPart } from './overviewSchema.ts';

const RECENT_MILLIS = 15 * 60_000;

/** What became of an instance's spans, in all and, where series are kept, lately. */
export function readSpans(
  { created, exported, dropped }: SpanCounts,
  series: Pick<SeriesStore, 'summariseEach'> | undefined,
): SpansPart {
  const { queue_full, oversize, export_failed, shutdown } = dropped;
  const total = {
    created,
    sent: exported,
    dropped: queue_full + oversize + export_failed + shutdown,
    exportFailed: export_failed,
  };
  return { total, ...(series && recentOf(series)) };
}

function recentOf(series: Pick<SeriesStore, 'summariseEach'>): Pick<SpansPart, 'recent'> {
  const grownBy = (name: string, attributes?: { readonly reason: string }): number | undefined => {
    const all = series.summariseEach({ metric: `tracewright.spans.${name}`, attributes, windowMillis: RECENT_MILLIS });
    if (all.length === 0) return undefined;
    return all.reduce((sum, { summary }) => sum + (summary.verdict === 'summarised' ? summary.sum : 0), 0);
  };
  const created = grownBy('created');
  // Where the application has a meter provider of its own, spans are shown there.
  if (created === undefined) return {};
  return {
    recent: {
      created: Math.round(created),
      sent: Math.round(grownBy('sent') ?? 0),
      dropped: Math.round(grownBy('dropped') ?? 0),
      exportFailed: Math.round(grownBy('dropped', { reason: 'export_failed' }) ?? 0),
    },
  };
}
