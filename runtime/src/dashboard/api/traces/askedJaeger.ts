import { TraceQueryError } from '../../traces/traceQueryError.ts';
import type { TraceReader } from '../../traces/traceReader.ts';
import type { ViewSource } from '../../viewSource.ts';
import type { TraceProblem } from './traceProblemSchema.ts';

/** What Jaeger said, or why it did not. */
export type Asked<Value> =
  | { readonly value: Value; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: TraceProblem };

const NOT_CONFIGURED: TraceProblem = {
  kind: 'notConfigured',
  text: "The page was not told where Jaeger's query API is.",
};

/** Asks Jaeger, where the page was told of it. What it cannot say is a problem, and no error of the page's. */
export async function askedJaeger<Value>(
  { jaeger }: Pick<ViewSource, 'jaeger'>,
  ask: (jaeger: TraceReader) => Promise<Value>,
): Promise<Asked<Value>> {
  if (jaeger === undefined) return { problem: NOT_CONFIGURED };
  try {
    return { value: await ask(jaeger) };
  } catch (error) {
    if (!(error instanceof TraceQueryError)) throw error;
    return { problem: { kind: error.kind, text: sentence(error.message) } };
  }
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}
