import { exportRequests } from '../../../export/exportRequests.ts';
import type { RequestExport } from '../../../export/requestExport.ts';
import type { ViewSource } from '../../viewSource.ts';
import { requestFilterOf } from './requestFilterOf.ts';
import { requestsExportQuery } from './requestsExportSchema.ts';

/** A download of requests. */
export interface RequestsDownload {
  /** Read as it is taken: it holds 250 requests as text at most. */
  readonly text: RequestExport;
  /** Of letters, digits, dots and dashes alone. */
  readonly fileName: string;
}

/**
 * The finished requests of this instance that fit.
 *
 * @returns `undefined` where requests are not tracked
 * @throws ZodError with everything that is wrong
 */
export function requestsExport(
  { observability: { requests }, instance }: ViewSource,
  raw: Readonly<Record<string, unknown>>,
): RequestsDownload | undefined {
  const { format, ...filter } = requestsExportQuery.parse(raw);
  if (requests === undefined) return undefined;
  const text = exportRequests(requests, { format, filter: requestFilterOf(filter) });
  const name = `requests-${instance.service}-${instance.id}`.replace(/[^\w.-]+/g, '-').slice(0, 100);
  return { text, fileName: `${name}.${text.fileExtension}` };
}
