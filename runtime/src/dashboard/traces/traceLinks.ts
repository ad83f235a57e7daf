import { parseTraceId } from './traceId.ts';

/**
 * Where Jaeger's UI shows a trace.
 *
 * @param jaegerUrl - its address as people reach it, as `createObservability` takes it
 * @param spanId - of a span that is to be found in it at once
 * @returns `undefined` where there is no address, one that is not http(s) or has user name or password, or an ID that is none:
 * nothing else is to become a link
 */
export function traceLink(jaegerUrl: string | undefined, traceId: string, spanId?: string): string | undefined {
  const id = parseTraceId(traceId);
  if (jaegerUrl === undefined || id === undefined || !URL.canParse(jaegerUrl)) return undefined;
  const { protocol, origin, pathname, username, password } = new URL(jaegerUrl);
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return undefined;
  const found = spanId !== undefined && /^[\da-f]{16}$/i.test(spanId) ? `?uiFind=${spanId.toLowerCase()}` : '';
  return `${origin}${pathname.replace(/\/+$/, '')}/trace/${id}${found}`;
}
