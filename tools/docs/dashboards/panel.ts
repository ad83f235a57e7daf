import {
  BigValueColorMode,
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { type Threshold, ThresholdsConfigBuilder, ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatPanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as GraphPanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { PanelQuery, PanelSpec, PanelThreshold } from './panelSpec.ts';
import { PROMETHEUS } from './variables.ts';

/** Rows of Grafana's grid that a graph, and a number, take. */
const GRAPH_HEIGHT = 8;
const STAT_HEIGHT = 4;

/** The panel that a specification describes. @param id - one of the dashboard's own */
export function panelOf(spec: PanelSpec, id: number): GraphPanelBuilder | StatPanelBuilder {
  const panel = spec.kind === 'stat' ? statOf(spec) : graphOf(spec);
  panel
    .id(id)
    .title(spec.title)
    .description(spec.description)
    .datasource(PROMETHEUS)
    .unit(spec.unit)
    .min(0)
    .thresholds(thresholdsOf(spec.thresholds ?? []))
    .targets(spec.queries.map(targetOf));
  return spec.max === undefined ? panel : panel.max(spec.max);
}

function statOf({ width = 6, thresholds = [] }: PanelSpec): StatPanelBuilder {
  return new StatPanelBuilder()
    .span(width)
    .height(STAT_HEIGHT)
    .graphMode(BigValueGraphMode.Area)
    .colorMode(thresholds.length > 0 ? BigValueColorMode.Value : BigValueColorMode.None)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']));
}

function graphOf({ width = 8, kind, thresholds = [] }: PanelSpec): GraphPanelBuilder {
  const mode = thresholds.length > 0 ? GraphThresholdsStyleMode.Line : GraphThresholdsStyleMode.Off;
  return new GraphPanelBuilder()
    .span(width)
    .height(GRAPH_HEIGHT)
    .lineWidth(1)
    .fillOpacity(kind === 'stacked' ? 40 : 10)
    .stacking(new StackingConfigBuilder().mode(kind === 'stacked' ? StackingMode.Normal : StackingMode.None))
    .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(mode))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .calcs([]),
    );
}

function thresholdsOf(thresholds: readonly PanelThreshold[]): ThresholdsConfigBuilder {
  const steps: Threshold[] = [
    { value: null, color: 'green' },
    ...thresholds.map(({ from, color }) => ({ value: from, color })),
  ];
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps);
}

/** Of a range, also behind a number, which has a small graph. */
function targetOf({ expr, legend, exemplars = false }: PanelQuery, index: number): DataqueryBuilder {
  return new DataqueryBuilder()
    .refId(String.fromCharCode('A'.charCodeAt(0) + index))
    .datasource(PROMETHEUS)
    .expr(expr)
    .legendFormat(legend)
    .exemplar(exemplars)
    .range();
}
