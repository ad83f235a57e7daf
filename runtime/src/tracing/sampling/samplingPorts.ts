import type { HostProcess } from '../../core/hostProcess.ts';

/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  /** Decoded as UTF-8. */
  readonly body: string;
}

/** Bounds of one request. */
export interface HttpGetOptions {
  /** More than that is not read: the request fails. */
  readonly maxBodyBytes: number;
  /** Ends the request, which then fails. */
  readonly signal: AbortSignal;
}

/** One HTTP GET, which does not keep the process alive. Rejects when there is no answer; any status is one. */
export type HttpGet = (url: string, options: HttpGetOptions) => Promise<HttpAnswer>;

/** What samplers need from outside. The real ones are `nodeSamplingPorts()`. */
export interface SamplingPorts extends Pick<HostProcess, 'monotonicMillis' | 'schedule'> {
  /** A number from 0, included, to 1, excluded. */
  readonly random: () => number;
  readonly httpGet: HttpGet;
}
