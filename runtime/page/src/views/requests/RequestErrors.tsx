import type {
  DetailedRequest,
  RequestDetailResult,
} from '../../../../src/dashboard/api/requests/requestDetailSchema.ts';
import { formatAddress } from '../../address/address.ts';
import { Badge } from '../../components/Badge.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { Time } from '../../components/Time.tsx';
import { SEVERITY_TONES } from '../errors/errorWords.ts';
import { failureText, reasonWords } from './requestWords.ts';

interface RequestErrorsProps {
  readonly request: DetailedRequest;
  readonly result: RequestDetailResult;
}

/** How a request failed, and the errors that were captured in it. */
export function RequestErrors({ request, result: { errors, hasErrorTracker } }: RequestErrorsProps) {
  const { failure, instance } = request;
  const headingId = `errors-${instance}`;
  const own = errors.filter((error) => error.instance === instance);
  return (
    <section class="card" aria-labelledby={headingId}>
      <h2 id={headingId}>{failure ? 'Failure' : 'Errors'}</h2>
      {failure && (
        <p>
          <code>
            <Foreign text={failureText(failure)} />
          </code>{' '}
          <span class="hint">{reasonWords(failure.reason)}</span>
        </p>
      )}
      {own.length === 0 ? (
        <NoErrors hasErrorTracker={hasErrorTracker} type={failure?.type} />
      ) : (
        <ul class="request-errors">
          {own.map((error) => (
            <li key={`${error.groupId} ${error.atMillis}`}>
              <a href={formatAddress({ path: ['errors', error.groupId], query: {} })}>
                <Foreign text={error.type} />
              </a>{' '}
              <Badge tone={SEVERITY_TONES[error.severity]}>{error.severity}</Badge>{' '}
              {!error.isHandled && <Badge>unhandled</Badge>}{' '}
              <span class="hint">
                <Time millis={error.atMillis} />
              </span>
              <p class="error-message">
                <Foreign text={error.message} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function NoErrors({ hasErrorTracker, type }: { readonly hasErrorTracker: boolean; readonly type: string | undefined }) {
  if (!hasErrorTracker) return <p class="hint">Errors are not captured: the error tracker is switched off.</p>;
  return (
    <p class="hint">
      No error of this request is kept whole.{' '}
      {type !== undefined && (
        <a href={formatAddress({ path: ['errors'], query: { text: type } })}>
          Look for <Foreign text={type} /> among the errors.
        </a>
      )}
    </p>
  );
}
