import { nextTurn } from '../../../core/adapters/nextTurn.ts';
import type { ViewSource } from '../../viewSource.ts';
import { defineView } from '../view.ts';
import { isAsked } from './askedInstance.ts';
import { heatMapOf } from './heatMapOf.ts';
import { type HeatMapAsked, heatMapPart, type HeatMapPart, heatMapQuery, heatMapResult } from './heatMapSchema.ts';
import { heatMapTogether } from './heatMapTogether.ts';
import { timeRangeOf } from './timeRange.ts';

/** What requests took over time, or another histogram. */
export const heatMapView = defineView({
  path: 'performance/heatmap',
  summary:
    'How many measurements of a histogram were in each band of values over time; of what requests took, if nothing else is said',
  query: heatMapQuery,
  part: heatMapPart,
  result: heatMapResult,
  read: readHeatMap,
  merge: (parts) => heatMapTogether(parts.flatMap(({ part }) => (part.isOn ? [part] : []))),
});

async function readHeatMap(source: ViewSource, query: HeatMapAsked): Promise<HeatMapPart> {
  const { performance } = source.observability;
  if (performance === undefined || !isAsked(query, source)) return { isOn: false };
  return heatMapOf(query, { monitor: performance, range: timeRangeOf(query, source.wallMillis()), nextTurn });
}
