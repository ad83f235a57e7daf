import { describe, expect, it } from 'vitest';
import { DROP_REASONS, type DropReason } from '../../../../../runtime/src/tracing/accounting/dropReason.ts';
import { SpansDroppedError } from '../../../../../runtime/src/tracing/accounting/spansDroppedError.ts';

const advice: Record<DropReason, readonly string[]> = {
  queue_full: ['sampler', 'OTEL_TRACES_SAMPLER_ARG', 'batch.maxQueueSize', 'OTEL_BSP_MAX_QUEUE_SIZE', 'spanLimits'],
  oversize: ['spanLimits', 'agent.maxPacketBytes'],
  export_failed: ['destination', 'batch.exportTimeoutMillis', 'OTEL_BSP_EXPORT_TIMEOUT'],
  shutdown: ['shutdownTimeoutMillis'],
};

describe('SpansDroppedError', () => {
  it('says how many, where to, why, what went wrong and what to change', () => {
    const cause = new Error('send ECONNREFUSED 127.0.0.1:6832');
    const error = new SpansDroppedError({ reason: 'export_failed', spanCount: 2, destination: 'the agent', cause });
    expect(error).toMatchObject({
      name: 'SpansDroppedError',
      reason: 'export_failed',
      spanCount: 2,
      destination: 'the agent',
      cause,
    });
    expect(error.message).toBe(
      '2 spans were lost on the way to the agent (export_failed): send ECONNREFUSED 127.0.0.1:6832. See that the ' +
        'destination is up, that this process reaches it, and that it takes spans of this kind; where it is only slow, ' +
        'raise batch.exportTimeoutMillis (OTEL_BSP_EXPORT_TIMEOUT).',
    );
  });

  it('speaks of one span in the singular, and of no cause where there is none', () => {
    const error = new SpansDroppedError({ reason: 'shutdown', spanCount: 1, destination: 'the agent' });
    expect(error.message).toBe(`1 span was lost on the way to the agent (shutdown). ${error.advice}`);
    expect('cause' in error).toBe(false);
  });

  it.each(DROP_REASONS)('names the settings that can help against %s', (reason) => {
    const error = new SpansDroppedError({ reason, spanCount: 1, destination: 'the agent' });
    for (const setting of advice[reason]) expect(error.advice).toContain(setting);
  });
});
