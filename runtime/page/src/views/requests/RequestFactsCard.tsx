import type { ComponentChildren } from 'preact';
import type { DetailedRequest } from '../../../../src/dashboard/api/requests/requestDetailSchema.ts';
import type { RequestRow } from '../../../../src/dashboard/api/requests/requestSchema.ts';
import { Foreign } from '../../components/Foreign.tsx';
import { Time } from '../../components/Time.tsx';
import { TraceLink } from '../../components/TraceLink.tsx';
import { requestHref, requestsHref } from './requestAddress.ts';

interface RequestFactsCardProps {
  readonly request: DetailedRequest;
  readonly parent: RequestRow | undefined;
}

/** What a request is, and what the application said of it. */
export function RequestFactsCard({ request, parent }: RequestFactsCardProps) {
  const { id, operation, userId, agentId, parentId, traceId, spanId, sampled, startedMillis, instance, attributes } =
    request;
  const headingId = `facts-${instance}`;
  return (
    <section class="card" aria-labelledby={headingId}>
      <h2 id={headingId}>What is known</h2>
      <table class="facts request-facts">
        <tbody>
          <Fact name="ID">
            <Foreign text={id} isId />
          </Fact>
          <Fact name="Operation">
            <a href={requestsHref('finished', { operation })}>
              <Foreign text={operation} />
            </a>
          </Fact>
          <Fact name="User">{narrowed('userId', userId)}</Fact>
          <Fact name="Agent">{narrowed('agentId', agentId)}</Fact>
          <Fact name="Started">
            <Time millis={startedMillis} />
          </Fact>
          <Fact name="Trace">
            <TraceLink traceId={traceId} spanId={spanId} sampled={sampled} />
          </Fact>
          {parentId !== undefined && (
            <Fact name="Part of">
              <a href={requestHref(parentId)}>
                <Foreign text={parent?.operation ?? parentId} isId={parent === undefined} />
              </a>
            </Fact>
          )}
          <Fact name="Instance">
            <Foreign text={instance} />
          </Fact>
          {attributes.map(({ name, value }) => (
            <Fact key={name} name={name}>
              <Foreign text={String(value)} />
            </Fact>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A user or an agent; pressed, it leads to their requests. */
function narrowed(name: 'userId' | 'agentId', value: string | undefined) {
  if (value === undefined) return <span class="hint">not known</span>;
  return (
    <a href={requestsHref('finished', { [name]: value })}>
      <Foreign text={value} />
    </a>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <tr>
      <th scope="row">
        <Foreign text={name} />
      </th>
      <td>{children}</td>
    </tr>
  );
}
