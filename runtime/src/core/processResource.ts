import type { Resource } from '@opentelemetry/resources';

/** What the process is, for whoever gets its signals: OpenTelemetry's resource. */
export type ProcessResource = Pick<Resource, 'attributes' | 'waitForAsyncAttributes'>;
