import type { ViewProps } from '../viewProps.ts';
import { FinishedRequests } from './FinishedRequests.tsx';
import { LiveRequests } from './LiveRequests.tsx';
import { RequestDetail } from './RequestDetail.tsx';
import { RequestGroups } from './RequestGroups.tsx';
import { RequestSamples } from './RequestSamples.tsx';
import { tabOf } from './requestAddress.ts';

const TABS = {
  live: LiveRequests,
  finished: FinishedRequests,
  groups: RequestGroups,
  samples: RequestSamples,
} as const;

/** Requests: those under way, those that have ended, what they have in common, and each by itself. */
export function RequestsView({ address }: ViewProps) {
  const id = address.path[1];
  if (id !== undefined) return <RequestDetail id={id} />;
  const tab = tabOf(address);
  const Tab = TABS[tab];
  return <Tab key={tab} address={address} />;
}
