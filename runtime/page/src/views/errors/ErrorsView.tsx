import type { ViewProps } from '../viewProps.ts';
import { ErrorDetail } from './ErrorDetail.tsx';
import { ErrorList } from './ErrorList.tsx';

/** Groups of errors, and each by itself. */
export function ErrorsView({ address }: ViewProps) {
  const id = address.path[1];
  return id === undefined ? <ErrorList address={address} /> : <ErrorDetail id={id} address={address} />;
}
