import type { IncomingMessage, ServerResponse } from 'node:http';
import { nodeHostProcess } from '../../core/adapters/nodeHostProcess.ts';
import type { HostProcess } from '../../core/hostProcess.ts';
import { checkOptions } from '../../core/optionKinds.ts';
import type { MetricSource } from '../metricSource.ts';
import { METRICS_HANDLER_OPTION_KINDS, type MetricsHandlerOptions } from './metricsHandlerOptions.ts';
import { MetricsScrapes } from './metricsScrapes.ts';

/** Answers a request with metrics. Never throws. */
export type MetricsHandler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Shows metrics to Prometheus: a handler for `node:http` and Express, and for Fastify's raw request and response after
 * `reply.hijack()`. It answers whatever its path is, in OpenMetrics where the client asks for it and else in Prometheus' text.
 *
 * Metrics are collected for each scrape, once for those that overlap, and written as the client reads them: the event loop
 * gets a turn every 64 KiB. A scrape that is cut ends there. Where metrics cannot be collected, the answer is 500 and says
 * nothing of why, which is told to `onError`.
 *
 * @throws ConfigurationError with every option that is unknown or out of its range.
 */
export function metricsHandler(
  source: MetricSource,
  options: MetricsHandlerOptions = {},
  host: Pick<HostProcess, 'schedule' | 'monotonicMillis' | 'warn'> = nodeHostProcess(),
): MetricsHandler {
  checkOptions(options, METRICS_HANDLER_OPTION_KINDS, 'metrics handler');
  const scrapes = new MetricsScrapes(source, options, host);
  return (request, response) => void scrapes.answer(request, response);
}
