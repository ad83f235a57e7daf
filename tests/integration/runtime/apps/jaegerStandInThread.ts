import { parentPort, workerData } from 'node:worker_threads';
import { madeTrace, startJaegerStandIn } from '../../../support/jaegerStandIn.ts';

const { traceId, spans } = workerData as { readonly traceId: string; readonly spans: number };
const jaeger = await startJaegerStandIn([madeTrace({ traceId, spans, startMicros: 1_795_893_549_967_000 })]);
parentPort?.postMessage(jaeger.url);
