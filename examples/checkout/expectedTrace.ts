/** A span that a trace must have, with the spans whose parent it is. */
export interface ExpectedSpan {
  readonly service: string;
  readonly name: string;
  /** The value of Jaeger's `span.kind` tag. */
  readonly kind: 'server' | 'client' | 'internal';
  /** In the order of their start. */
  readonly children: readonly ExpectedSpan[];
}

/**
 * The whole trace of one `POST /checkout` that the shop takes: these spans and no others. Connections are opened before
 * the first request, so no `pg.connect` is among them; under load there can be, where the pool grows.
 */
export const expectedCheckoutTrace: ExpectedSpan = {
  service: 'storefront',
  name: 'POST /checkout',
  kind: 'server',
  children: [
    {
      service: 'storefront',
      name: 'POST',
      kind: 'client',
      children: [
        {
          service: 'orders',
          name: 'POST /orders',
          kind: 'server',
          children: [
            'pg-pool.connect',
            'pg.query:BEGIN shop',
            'pg.query:SELECT shop',
            'pg.query:INSERT shop',
            'pg.query:COMMIT shop',
            'set',
            'incr',
          ].map((name) => ({ service: 'orders', name, kind: 'client', children: [] })),
        },
      ],
    },
  ],
};

/** How many spans a trace has. */
export function countSpans({ children }: ExpectedSpan): number {
  return children.reduce((sum, child) => sum + countSpans(child), 1);
}
