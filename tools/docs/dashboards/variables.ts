import {
  ConstantVariableBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';

/** The Prometheus that is chosen at the top of a dashboard. */
export const PROMETHEUS: DataSourceRef = { type: 'prometheus', uid: '${datasource}' };

// Where the pages that dashboards link are, unless a deployment says otherwise (infra/monitoring/dashboards/dashboards.ts).
const RUNBOOKS = ['runbooks', 'Runbooks', 'https://tracewright.dev/runbooks'] as const;
const ON_CALL = ['on_call', 'On call', 'https://tracewright.dev/runbooks/../on-call'] as const;

/** A list of a label's values, all of which are chosen at first. */
export interface LabelVariable {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** A series that has the label; earlier variables may stand in its matchers. */
  readonly series: string;
  /** The label's name. @defaultValue that of the variable */
  readonly of?: string;
}

/** The data source, then lists, each of which is made of the choices before it, then what a deployment sets. */
export function variablesOf(lists: readonly LabelVariable[]) {
  return [dataSource(), ...lists.map(labelList), address(...RUNBOOKS), address(...ON_CALL)];
}

function dataSource(): DatasourceVariableBuilder {
  return new DatasourceVariableBuilder('datasource')
    .type('prometheus')
    .label('Data source')
    .description('The Prometheus that scrapes what is shown.')
    .current({ selected: false, text: 'default', value: 'default' });
}

/** "All" stands for the values in the list, and nothing else that a Prometheus has. */
function labelList({ name, label, description, series, of = name }: LabelVariable): QueryVariableBuilder {
  const query = `label_values(${series}, ${of})`;
  return new QueryVariableBuilder(name)
    .label(label)
    .description(description)
    .datasource(PROMETHEUS)
    .query({ query, refId: name })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .current({ selected: true, text: ['All'], value: ['$__all'] });
}

function address(name: string, label: string, value: string): ConstantVariableBuilder {
  return new ConstantVariableBuilder(name)
    .label(label)
    .description('An address that the deployment sets.')
    .value(value);
}
