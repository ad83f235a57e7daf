import { z } from 'zod';
import type { TracingStackOutputs } from '../../runtime/src/tracing/stackOutputs.ts';

// What the CLI prints in place of a secret, which no output may be: applications read them as they are.
const masked = '[secret]';
const text = z
  .string()
  .min(1)
  .refine((value) => value !== masked, { error: 'is a secret, which an output must not be' });
const outputs: z.ZodType<TracingStackOutputs> = z.object({
  namespace: text,
  jaegerVersion: text,
  agent: z.object({
    hostPorts: z.boolean(),
    host: text,
    thriftBinaryPort: z.int(),
    thriftCompactPort: z.int(),
    zipkinCompactPort: z.int(),
    samplingUrl: text,
  }),
  collector: z.object({
    grpc: text,
    thriftHttpUrl: text,
    samplingUrl: text,
    otlpGrpcUrl: text,
    otlpHttpUrl: text,
    zipkinUrl: text,
    zipkinV1Url: text,
  }),
  query: z.object({ url: text, publicUrl: text.exactOptional(), grpc: text }),
  environment: z.record(z.string(), text),
});

/** The stack's outputs are not those of this project's program. */
export class StackOutputsError extends Error {
  override readonly name = 'StackOutputsError';

  constructor(cause: z.ZodError) {
    super(`the stack's outputs are not what this program gives: ${z.prettifyError(cause)}`, { cause });
  }
}

/**
 * Checks what the engine gives back as the stack's outputs.
 * @throws StackOutputsError when a key is missing or of another type.
 */
export function readStackOutputs(value: unknown): TracingStackOutputs {
  const result = outputs.safeParse(value);
  if (!result.success) throw new StackOutputsError(result.error);
  return result.data;
}
