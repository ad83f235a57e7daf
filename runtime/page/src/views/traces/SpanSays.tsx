import type { ShownSpan, ShownTag } from '../../../../src/dashboard/api/traces/traceRowsSchema.ts';
import { formatDuration } from '../../components/durations.ts';
import { Foreign } from '../../components/Foreign.tsx';
import { plainText } from '../../components/plainText.ts';
import { linedText } from '../../components/linedText.ts';
import { LongText } from '../../components/LongText.tsx';
import { traceHref } from './traceAddress.ts';

/** Exceptions, tags, events, links and warnings of a span: what went wrong first. */
export function SpanSays({ span }: { readonly span: ShownSpan }) {
  const { exceptions, tags, events, links, warnings, process, leftOut } = span;
  return (
    <>
      {warnings.map((warning) => (
        <p key={warning} class="warning">
          {plainText(warning)}
        </p>
      ))}
      {exceptions.map(({ atMicros, type, message, stack }) => (
        <section key={`${atMicros} ${type}`} class="span-exception">
          <h4>
            <Foreign text={type} /> <span class="hint">{formatDuration(atMicros / 1000)}</span>
          </h4>
          <p class="error-message">
            <LongText text={message} />
          </p>
          {stack !== '' && (
            <pre tabIndex={0} aria-label="Stack">
              {linedText(stack)}
            </pre>
          )}
        </section>
      ))}
      <Tags title="Tags" tags={tags} />
      {events.length > 0 && (
        <section>
          <h4>Events</h4>
          <ol class="plain-list">
            {events.map(({ atMicros, name, tags: fields }, index) => (
              <li key={index}>
                <span class="hint">{formatDuration(atMicros / 1000)}</span> <Foreign text={name} />
                <TagTable tags={fields} />
              </li>
            ))}
          </ol>
        </section>
      )}
      {links.length > 0 && (
        <section>
          <h4>Links</h4>
          <ul class="plain-list">
            {links.map(({ traceId, spanId }) => (
              <li key={`${traceId} ${spanId}`}>
                <a class="id" href={traceHref(traceId, spanId)}>
                  {plainText(traceId)}
                </a>{' '}
                <span class="hint">span {plainText(spanId)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Tags title={`Sent by ${plainText(process.service)}`} tags={process.tags} />
      {leftOut > 0 && <p class="hint">{leftOut} more tags and events are not shown: look at them in Jaeger.</p>}
    </>
  );
}

function Tags({ title, tags }: { readonly title: string; readonly tags: readonly ShownTag[] }) {
  if (tags.length === 0) return null;
  return (
    <section>
      <h4>{title}</h4>
      <TagTable tags={tags} />
    </section>
  );
}

function TagTable({ tags }: { readonly tags: readonly ShownTag[] }) {
  if (tags.length === 0) return null;
  return (
    <table class="facts tags">
      <tbody>
        {tags.map(({ key, value }, index) => (
          <tr key={index}>
            <th scope="row">{plainText(key)}</th>
            <td>
              <bdi>{linedText(String(value))}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
