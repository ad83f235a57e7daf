import type { SeriesGapShown } from '../../../../src/dashboard/api/performance/seriesSchema.ts';
import { formatChartTime } from '../../components/chartContract.ts';
import { Foreign } from '../../components/Foreign.tsx';
import { labelsText } from './lineNames.ts';

const SHOWN = 2;

/** Why there are holes in a chart, the latest first. */
export function ChartGaps({ gaps }: { readonly gaps: readonly SeriesGapShown[] }) {
  const inOrder = gaps.toSorted((a, b) => b.fromMillis - a.fromMillis);
  if (inOrder.length === 0) return null;
  return (
    <div class="chart-gaps hint">
      <ul>
        {inOrder.slice(0, SHOWN).map((gap) => (
          <Gap key={keyOf(gap)} gap={gap} />
        ))}
      </ul>
      {inOrder.length > SHOWN && (
        <details>
          <summary>{inOrder.length - SHOWN} more times without values</summary>
          <ul>
            {inOrder.slice(SHOWN).map((gap) => (
              <Gap key={keyOf(gap)} gap={gap} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Gap({ gap: { fromMillis, toMillis, source, reason, labels, instance } }: { readonly gap: SeriesGapShown }) {
  return (
    <li>
      No values {formatChartTime(fromMillis)} to {formatChartTime(toMillis).slice(11)}: <Foreign text={source} />
      {labels && <bdi> {labelsText(labels)}</bdi>}: <Foreign text={reason} /> <Foreign text={`(${instance})`} isId />
    </li>
  );
}

function keyOf({ instance, source, reason, fromMillis, labels }: SeriesGapShown): string {
  return JSON.stringify([instance, source, reason, fromMillis, labels]);
}
