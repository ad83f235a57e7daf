import type { RequestDetailResult } from '../../../../src/dashboard/api/requests/requestDetailSchema.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { requestHref } from './requestAddress.ts';
import { finishedColumns } from './requestColumns.tsx';

interface RelatedRequestsProps {
  readonly title: string;
  readonly related: RequestDetailResult['children'];
  /** A list of all. */
  readonly allHref: string;
}

/** Requests that have to do with one; nothing where there are none. */
export function RelatedRequests({ title, related: { requests, total }, allHref }: RelatedRequestsProps) {
  if (requests.length === 0) return null;
  const hasReplicas = new Set(requests.map(({ instance }) => instance)).size > 1;
  return (
    <section>
      <h2>{title}</h2>
      <DataTable
        caption={`${title}, the first to start first`}
        columns={finishedColumns(hasReplicas)}
        rows={requests}
        total={total}
        keyOf={({ instance, id }) => `${instance} ${id}`}
        hrefOf={({ id }) => requestHref(id)}
      />
      {total > requests.length && (
        <p>
          <a href={allHref}>All {total} of them</a>
        </p>
      )}
    </section>
  );
}
