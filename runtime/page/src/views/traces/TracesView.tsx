import type { ViewProps } from '../viewProps.ts';
import { TraceDetail } from './TraceDetail.tsx';
import { TraceSearch } from './TraceSearch.tsx';

/** Traces: those that are sought, and each by itself. */
export function TracesView({ address }: ViewProps) {
  const id = address.path[1];
  return id === undefined ? <TraceSearch address={address} /> : <TraceDetail key={id} id={id} address={address} />;
}
