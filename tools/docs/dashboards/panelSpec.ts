/** What a panel asks Prometheus for. */
export interface PanelQuery {
  /** PromQL, in which `$namespace`, `$job`, `$instance` and `$__rate_interval` stand for what Grafana puts in their place. */
  readonly expr: string;
  /** What a series is called, with labels as `{{label}}`. */
  readonly legend: string;
  /** Whether Prometheus is asked for exemplars too, which are shown as points that lead to traces. @defaultValue false */
  readonly exemplars?: boolean;
}

/** A value from which on a panel is drawn in another colour. */
export interface PanelThreshold {
  readonly from: number;
  readonly color: 'orange' | 'red';
}

/** One panel of a dashboard: what it shows, and how. */
export interface PanelSpec {
  readonly title: string;
  /** What the reader is to make of it: what is counted, what is good, what is bad. */
  readonly description: string;
  /** `stat` shows one number, the others a graph: lines, or areas that add up. @defaultValue 'lines' */
  readonly kind?: 'lines' | 'stacked' | 'stat';
  /** One of Grafana's units: `short`, `s`, `bytes`, `percentunit`, `cps`, `reqps`. */
  readonly unit: string;
  readonly queries: readonly PanelQuery[];
  /** Ascending; below the first the panel is green. @defaultValue none */
  readonly thresholds?: readonly PanelThreshold[];
  /** The top of the axis. @defaultValue what the values need */
  readonly max?: number;
  /** Of 24 columns. @defaultValue 8; of a stat 6 */
  readonly width?: 6 | 8 | 12 | 24;
}

/** Panels under a heading. */
export interface RowSpec {
  readonly title: string;
  readonly panels: readonly PanelSpec[];
}
