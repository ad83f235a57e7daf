// node measureSpans.ts FIGURE SIDE OPERATIONS: prints nanoseconds of processor time per operation.
import { SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import { AlwaysOffSampler, ParentBasedSampler } from '@opentelemetry/sdk-trace';
import { createTracing, traced } from '@tracewright/runtime';
import { parseSide, type Side } from '../../side.ts';
import { startBareSdk } from './bareSdk.ts';
import { cpuPerOperation } from '../../cpuPerOperation.ts';
import { discardingExporter, discardingTransport } from './discard.ts';
import { setTenAttributes } from './tenAttributes.ts';

const [figure, sideName, operations] = process.argv.slice(2);
const side = parseSide(sideName);
const tracer = start(side, figure === 'unsampled');
const nanoseconds = await cpuPerOperation(operationOf(figure, side, tracer), Number(operations));
process.stdout.write(JSON.stringify({ nanoseconds }));
process.exit(0);

function start(of: Side, unsampled: boolean): Tracer {
  if (of === 'ours') {
    const sampler = { kind: unsampled ? 'always_off' : 'always_on' } as const;
    const options = {
      serviceName: 'bench',
      instrumentations: [],
      logCorrelation: [],
      sampler,
      crashRecordFile: false,
    } as const;
    createTracing(options, { createTransport: () => discardingTransport });
  } else {
    const sampler = unsampled ? { sampler: new ParentBasedSampler({ root: new AlwaysOffSampler() }) } : {};
    startBareSdk({ exporter: discardingExporter, ...sampler });
  }
  return trace.getTracer('bench');
}

function operationOf(name: string | undefined, of: Side, by: Tracer): (index: number) => void {
  if (name === 'span')
    return () => {
      const span = by.startSpan('operation');
      setTenAttributes(span);
      span.end();
    };
  return of === 'ours' ? traced(work, { name: 'work' }) : byHand(by);
}

/** What is traced: little enough that the tracing shows. */
function work(index: number): number {
  return index + 1;
}

/** What people write without the runtime: the span ends whatever happens, and an error is recorded. */
function byHand(by: Tracer): (index: number) => number {
  return (index) =>
    by.startActiveSpan('work', (span) => {
      try {
        return work(index);
      } catch (error) {
        if (error instanceof Error) span.recordException(error);
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    });
}
