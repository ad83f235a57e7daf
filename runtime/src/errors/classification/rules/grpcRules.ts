import type { RuleSet } from '../classification.ts';
import { classificationOf } from '../codeTable.ts';
import { GRPC_STATUSES } from '../tables/grpcStatuses.ts';

/**
 * Statuses of gRPC. Others have small numbers as their code, too: it is one of gRPC's where its name, `details` or
 * `rawMessage` are there, as @grpc/grpc-js and Connect have them.
 */
export function grpcRules(): RuleSet {
  const statuses = GRPC_STATUSES.map(({ name, category }) => ({
    beginning: `${name}:`,
    classification: category === undefined ? undefined : classificationOf(category, 'grpc.status'),
  }));
  return ({ code, message, properties }) => {
    if (code === undefined || code.length > 2) return undefined;
    const status = statuses[Number(code)];
    if (status === undefined) return undefined;
    const isGrpc =
      typeof properties['details'] === 'string' ||
      typeof properties['rawMessage'] === 'string' ||
      message.startsWith(`${code} ${status.beginning}`);
    return isGrpc ? status.classification : undefined;
  };
}
