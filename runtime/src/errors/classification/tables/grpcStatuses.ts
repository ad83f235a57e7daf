import type { ErrorCategory } from '../../errorCategory.ts';

/**
 * Status codes of gRPC, by their number. `OK` is no error; `CANCELLED` does not tell why somebody gave up.
 *
 * Source: gRPC documentation, "Status codes" (grpc/doc/statuscodes.md).
 */
export const GRPC_STATUSES: readonly { readonly name: string; readonly category?: ErrorCategory }[] = [
  { name: 'OK' },
  { name: 'CANCELLED' },
  { name: 'UNKNOWN', category: 'external_service' },
  { name: 'INVALID_ARGUMENT', category: 'validation' },
  { name: 'DEADLINE_EXCEEDED', category: 'network' },
  { name: 'NOT_FOUND', category: 'business_logic' },
  { name: 'ALREADY_EXISTS', category: 'business_logic' },
  { name: 'PERMISSION_DENIED', category: 'authentication' },
  { name: 'RESOURCE_EXHAUSTED', category: 'external_service' },
  { name: 'FAILED_PRECONDITION', category: 'business_logic' },
  { name: 'ABORTED', category: 'business_logic' },
  { name: 'OUT_OF_RANGE', category: 'validation' },
  { name: 'UNIMPLEMENTED', category: 'external_service' },
  { name: 'INTERNAL', category: 'external_service' },
  { name: 'UNAVAILABLE', category: 'network' },
  { name: 'DATA_LOSS', category: 'external_service' },
  { name: 'UNAUTHENTICATED', category: 'authentication' },
];
