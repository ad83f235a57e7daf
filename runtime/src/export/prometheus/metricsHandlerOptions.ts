import type { IncomingMessage } from 'node:http';
import { FUNCTION, type OptionKinds, TRUE_OR_FALSE, wholeNumber } from '../../core/optionKinds.ts';
import type { ProcessResource } from '../../core/processResource.ts';
import { RESOURCE_KIND } from '../resourceKind.ts';
import type { ExpositionOptions } from './writeExposition.ts';

/** How metrics are shown over HTTP. */
export interface MetricsHandlerOptions extends Pick<ExpositionOptions, 'scopeLabels'> {
  /**
   * What the process is, as OpenTelemetry's resource: shown once, as `target_info`. Values are redacted whose keys say that
   * they are secrets.
   * @defaultValue that of the source: of what `createObservability` made, that of the spans; else nothing is said of it
   */
  readonly resource?: Pick<ProcessResource, 'attributes'>;
  /**
   * Whether a client gets what it asks for compressed, where it asks for that. It takes a thread's time, not the event loop's.
   * @defaultValue true
   */
  readonly gzip?: boolean;
  /**
   * How long a scrape may take, in milliseconds, 1 to 600,000: collecting, and then writing to a client that reads slowly.
   * @defaultValue 10_000, which is how long Prometheus waits
   */
  readonly timeoutMillis?: number;
  /**
   * How many scrapes may be under way at once, 1 to 1000. Further ones are answered with 503.
   * @defaultValue 10
   */
  readonly maxScrapes?: number;
  /**
   * Whether a request may see the metrics; where not, it is answered with 403, and with 500 where this throws.
   * @defaultValue every request may
   */
  readonly authorise?: (request: IncomingMessage) => boolean | Promise<boolean>;
  /**
   * Gets what goes wrong; of a metric that cannot be shown it is told once.
   * @defaultValue a warning, at most once a minute
   */
  readonly onError?: (error: Error) => void;
}

/** What each option may be. */
export const METRICS_HANDLER_OPTION_KINDS: OptionKinds<MetricsHandlerOptions> = {
  resource: RESOURCE_KIND,
  scopeLabels: TRUE_OR_FALSE,
  gzip: TRUE_OR_FALSE,
  timeoutMillis: wholeNumber(1, 600_000),
  maxScrapes: wholeNumber(1, 1000),
  authorise: FUNCTION,
  onError: FUNCTION,
};
