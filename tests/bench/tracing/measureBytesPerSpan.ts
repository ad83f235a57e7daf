import { z } from 'zod';
import { AgentTap } from '../../integration/support/agentTap.ts';
import { runProgram } from '../runProgram.ts';
import type { Side } from '../side.ts';

/** One batch: what a packet carries is what counts, not how many packets there are. */
const SPANS = 512;

const finished = z.object({ spansPerCpuSecond: z.number() });

/** Bytes on the wire for a span of ten attributes, headers and the resource of a packet shared among its spans. */
export async function measureBytesPerSpan(side: Side): Promise<number> {
  const tap = await AgentTap.open();
  try {
    finished.parse(await runProgram('tracing', 'sendSpans', [side, tap.port, SPANS]));
    // The program sends as many again before it measures.
    const spans = await tap.waitFor(2 * SPANS);
    return tap.packetBytes.reduce((sum, bytes) => sum + bytes, 0) / spans.length;
  } finally {
    await tap.close();
  }
}
