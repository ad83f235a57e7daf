import type { RowSpec } from './panelSpec.ts';
import type { LabelVariable } from './variables.ts';

/** One dashboard. */
export interface DashboardSpec {
  /** Of its file, of its ConfigMap and, behind `tracewright-`, of its address in Grafana; never changed. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Lists at its top, each made of the choices before it. */
  readonly lists: readonly LabelVariable[];
  readonly rows: readonly RowSpec[];
}
