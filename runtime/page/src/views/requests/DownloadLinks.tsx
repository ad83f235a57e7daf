import { apiUrl } from '../../api/client.ts';
import type { RequestFilters } from './requestAddress.ts';

interface DownloadLinksProps {
  readonly filters: RequestFilters;
  readonly hasReplicas: boolean;
}

/** What the list is narrowed to, as a file: all of it, in the order of the ends. */
export function DownloadLinks({ filters: { id, instance, ...filters }, hasReplicas }: DownloadLinksProps) {
  // Who looks for one request has no use for a file, and a file has no instance to choose.
  if (id !== undefined || instance !== undefined) return null;
  return (
    <p class="hint">
      Download all of these{hasReplicas && ', of the instance that serves this page,'} as{' '}
      <a href={apiUrl('requests/export', { ...filters, format: 'csv' })} download>
        CSV
      </a>{' '}
      or{' '}
      <a href={apiUrl('requests/export', { ...filters, format: 'ndjson' })} download>
        NDJSON
      </a>
      .
    </p>
  );
}
