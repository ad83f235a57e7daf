import type { RequestFacts, RequestState } from '../../../../src/dashboard/api/requests/requestSchema.ts';
import { Badge, type Tone } from '../../components/Badge.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { failureText } from './requestWords.ts';

/** What a state means to who looks at it. */
export const STATE_TONES: Readonly<Record<RequestState, Tone>> = {
  pending: 'info',
  processing: 'info',
  completed: 'good',
  failed: 'bad',
};

/** Where a request is in its life: how it failed, or that it is stuck, is said, too. */
export function StateBadge({
  request: { state, failure, isStuck },
}: {
  readonly request: Pick<RequestFacts, 'state' | 'failure' | 'isStuck'>;
}) {
  if (isStuck) return <Badge tone="bad">stuck</Badge>;
  // Who went away says nothing of the service.
  const tone = failure?.reason === 'cancelled' ? 'warning' : STATE_TONES[state];
  return (
    <>
      <Badge tone={tone}>{state}</Badge>
      {failure && (
        <>
          {' '}
          <Foreign text={failureText(failure)} />
        </>
      )}
    </>
  );
}
