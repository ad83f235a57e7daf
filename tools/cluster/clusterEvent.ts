/** What a start or stop reports while it works. */
export type ClusterEvent =
  /** Another run holds the cluster's lock and is waited for. */
  | { readonly kind: 'waiting'; readonly reason: string }
  /** A step begins; `step` is a short phrase such as "starting the node". */
  | { readonly kind: 'step'; readonly step: string }
  /** Something that had been there was missing or broken and is put right. */
  | { readonly kind: 'healing'; readonly what: string };
