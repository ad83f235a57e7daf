import { createRequire } from 'node:module';
import type * as Otlp from '@opentelemetry/otlp-transformer';
import type { OtlpSerializer } from '../otlpFormat.ts';

/** OpenTelemetry's serializer of OTLP as protobuf, loaded now: 75 ms that nobody pays who does not send OTLP. */
export function loadOtlpSerializer(): OtlpSerializer {
  const require = createRequire(import.meta.url);
  // What `require` gives has no type; this is the module's own declaration.
  const { ProtobufTraceSerializer } = require('@opentelemetry/otlp-transformer') as typeof Otlp;
  return ProtobufTraceSerializer;
}
