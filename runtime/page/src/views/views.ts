import type { ComponentType } from 'preact';
import type { Address } from '../address/address.ts';
import { AccountingView } from './accounting/AccountingView.tsx';
import { ErrorsView } from './errors/ErrorsView.tsx';
import { OverviewView } from './overview/OverviewView.tsx';
import { RequestsView } from './requests/RequestsView.tsx';
import { PerformanceView } from './performance/PerformanceView.tsx';
import { TracesView } from './traces/TracesView.tsx';
import { UnknownView } from './UnknownView.tsx';
import type { ViewProps } from './viewProps.ts';

/** A part of the page, with its place in the navigation. */
export interface PageView {
  /** First part of its address. */
  readonly name: string;
  readonly title: string;
  /** What is pressed after `g` to get there. */
  readonly key: string;
  readonly View: ComponentType<ViewProps>;
}

/** All views, in the order of the navigation. */
export const PAGE_VIEWS: readonly PageView[] = [
  { name: 'overview', title: 'Overview', key: 'o', View: OverviewView },
  { name: 'requests', title: 'Requests', key: 'r', View: RequestsView },
  { name: 'performance', title: 'Performance', key: 'p', View: PerformanceView },
  { name: 'errors', title: 'Errors', key: 'e', View: ErrorsView },
  { name: 'traces', title: 'Traces', key: 't', View: TracesView },
  { name: 'accounting', title: 'Accounting', key: 'a', View: AccountingView },
];

const UNKNOWN: PageView = { name: '', title: 'Not found', key: '', View: UnknownView };

/** The view of an address. */
export function viewOf({ path }: Address): PageView {
  return PAGE_VIEWS.find(({ name }) => name === path[0]) ?? UNKNOWN;
}
