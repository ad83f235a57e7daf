import { accountingView } from './accounting/accountingView.ts';
import type { DefinedAction } from './action.ts';
import { ERROR_ACTIONS } from './errors/errorActions.ts';
import { errorDetailView } from './errors/errorDetailView.ts';
import { errorsView } from './errors/errorsView.ts';
import { overviewView } from './overview/overviewView.ts';
import { catalogueView } from './performance/catalogueView.ts';
import { heatMapView } from './performance/heatMapView.ts';
import { seriesView } from './performance/seriesView.ts';
import { trendsView } from './performance/trendsView.ts';
import { requestDetailView } from './requests/requestDetailView.ts';
import { requestGroupsView } from './requests/requestGroupsView.ts';
import { requestSamplesView } from './requests/requestSamplesView.ts';
import { requestsView } from './requests/requestsView.ts';
import { traceNamesView } from './traces/traceNamesView.ts';
import { traceFindView, traceRowsView, traceSpansView } from './traces/traceRowsView.ts';
import { tracesView } from './traces/tracesView.ts';
import { traceView } from './traces/traceView.ts';
import type { DefinedView } from './view.ts';

/** Everything that the API shows. */
export const VIEWS: readonly DefinedView[] = [
  overviewView,
  accountingView,
  catalogueView,
  seriesView,
  heatMapView,
  trendsView,
  requestsView,
  requestGroupsView,
  requestSamplesView,
  requestDetailView,
  errorsView,
  errorDetailView,
  tracesView,
  // Before `traces/{id}`, which would take it for an ID.
  traceNamesView,
  traceView,
  traceRowsView,
  traceSpansView,
  traceFindView,
];

/** Everything that people do on the page. */
export const ACTIONS: readonly DefinedAction[] = ERROR_ACTIONS;
