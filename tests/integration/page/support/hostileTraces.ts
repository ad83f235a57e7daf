import type { IncomingMessage, ServerResponse } from 'node:http';
import { HOSTILE_TEXTS } from './hostileTexts.ts';
import { sendJson } from './jaegerAnswering.ts';

/** The trace that has every hostile text in every field. */
export const HOSTILE_TRACE = 'c'.repeat(32);

const TEXTS = Object.values(HOSTILE_TEXTS);

/** The span that has the text. */
export function hostileSpanId(about: string): string {
  return (Object.keys(HOSTILE_TEXTS).indexOf(about) + 1).toString(16).padStart(16, '0');
}

/** Answers as Jaeger's query API, with hostile texts wherever Jaeger passes on what services send. */
export function answerHostile(request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? '';
  if (path.startsWith('/api/services')) sendJson(response, { data: TEXTS });
  else if (path.startsWith('/api/operations'))
    sendJson(response, { data: TEXTS.map((name) => ({ name, spanKind: name })) });
  else sendJson(response, { data: [hostileTrace()] });
}

function hostileTrace(): object {
  const startMicros = Date.now() * 1000 - 60_000_000;
  return {
    traceID: HOSTILE_TRACE,
    spans: Object.keys(HOSTILE_TEXTS).map((about, index) => hostileSpan(about, index, startMicros)),
    processes: Object.fromEntries(TEXTS.map((text, index) => [`p${index}`, { serviceName: text, tags: tagsOf(text) }])),
    warnings: TEXTS,
  };
}

function hostileSpan(about: string, index: number, startMicros: number): object {
  const text = HOSTILE_TEXTS[about] ?? '';
  const traceID = HOSTILE_TRACE;
  const timestamp = startMicros + index * 100;
  return {
    traceID,
    spanID: hostileSpanId(about),
    operationName: text,
    references: [
      ...(index === 0 ? [] : [{ refType: 'CHILD_OF', traceID, spanID: hostileSpanId('script') }]),
      { refType: 'FOLLOWS_FROM', traceID: text, spanID: text },
    ],
    startTime: timestamp,
    duration: index === 0 ? 1_000_000 : 1000,
    tags: [...tagsOf(text), { key: 'error', type: 'bool', value: true }],
    logs: [
      { timestamp, fields: [{ key: 'event', type: 'string', value: text }, ...tagsOf(text)] },
      {
        timestamp,
        fields: [
          { key: 'event', type: 'string', value: 'exception' },
          ...['type', 'message', 'stacktrace'].map((key) => ({ key: `exception.${key}`, type: 'string', value: text })),
        ],
      },
    ],
    processID: `p${index}`,
    warnings: [text],
  };
}

function tagsOf(text: string): readonly object[] {
  return ['http.url', 'span.kind', 'otel.status_description', text].map((key) => ({
    key,
    type: 'string',
    value: text,
  }));
}
