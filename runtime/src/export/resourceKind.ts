import { isRecord } from '../core/isRecord.ts';
import type { OptionKind } from '../core/optionKinds.ts';

/** What the process is. */
export const RESOURCE_KIND: OptionKind = {
  allowed: "OpenTelemetry's resource: an object with attributes",
  accepts: (value) => isRecord(value) && isRecord(value['attributes']),
};
