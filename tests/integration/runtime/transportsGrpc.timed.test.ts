// @spec S2.1
import { status } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../runtime/src/core/secret.ts';
import { createTransport } from '../../../runtime/src/tracing/export/createTransport.ts';
import type { SendOutcome } from '../../../runtime/src/tracing/export/spanTransport.ts';
import { finishedSpans } from '../../support/finishedSpans.ts';
import { freeTcpPort } from '../support/freePort.ts';
import { OtlpGrpcServer } from '../support/otlpGrpcServer.ts';
import { messagesAt, protobufFields } from '../support/protobufFields.ts';

const spans = finishedSpans({ count: 600 });
const all = { sent: 600, dropped: {}, trimmed: 0 };
const taken = Buffer.alloc(0);

async function sendTo(port: number, boundMillis = 10_000): Promise<SendOutcome> {
  const headers = { 'x-tenant': new Secret('blue') };
  const transport = createTransport({ kind: 'otlp-grpc', url: `http://127.0.0.1:${port}`, headers });
  const outcome = await transport.send(spans, AbortSignal.timeout(boundMillis));
  await transport.close();
  return outcome;
}

/** How many spans are in a request: those of every scope of every resource. */
function spansIn(body: Buffer): number {
  const scopes = messagesAt(protobufFields(body), 1).flatMap((resource) => messagesAt(resource, 2));
  return scopes.flatMap((scope) => messagesAt(scope, 2)).length;
}

describe('a collector that takes OTLP over gRPC', () => {
  it('gets the headers that are configured, and all spans in one call', async () => {
    const port = await freeTcpPort();
    await using server = await OtlpGrpcServer.listen(port, () => taken);
    expect(await sendTo(port)).toEqual(all);
    expect(server.calls.map(({ body }) => spansIn(body))).toEqual([600]);
    expect(server.calls[0]?.metadata.get('x-tenant')).toEqual(['blue']);
    expect(server.calls[0]?.metadata.get('user-agent')[0]).toMatch(/^tracewright /);
  });

  it('has every span though it is busy at first', async () => {
    const port = await freeTcpPort();
    await using server = await OtlpGrpcServer.listen(port, ({ number }) =>
      number < 3 ? { code: status.UNAVAILABLE, details: 'busy' } : taken,
    );
    expect(await sendTo(port)).toEqual(all);
    expect(server.calls).toHaveLength(3);
  });

  it('has every span though it comes up late', async () => {
    const port = await freeTcpPort();
    const sending = sendTo(port);
    await new Promise((resolve) => setTimeout(resolve, 400));
    await using server = await OtlpGrpcServer.listen(port, () => taken);
    expect(await sending).toEqual(all);
    expect(server.calls).toHaveLength(1);
  });

  it('has every span though it takes little at once', async () => {
    const port = await freeTcpPort();
    const accepted: number[] = [];
    await using _server = await OtlpGrpcServer.listen(port, ({ body }) => {
      if (body.length > 30_000) {
        const details = `grpc: received message larger than max (${body.length} vs. 30000)`;
        return { code: status.RESOURCE_EXHAUSTED, details };
      }
      accepted.push(spansIn(body));
      return taken;
    });
    expect(await sendTo(port)).toEqual(all);
    expect(accepted.reduce((sum, count) => sum + count)).toBe(600);
  });

  it('says how many spans it rejects, and they are counted', async () => {
    const port = await freeTcpPort();
    // partial_success { rejected_spans: 7, error_message: "old" }
    const answer = Buffer.from([0x0a, 0x07, 0x08, 0x07, 0x12, 0x03, ...Buffer.from('old')]);
    await using _server = await OtlpGrpcServer.listen(port, () => answer);
    const { error, ...counts } = await sendTo(port);
    expect(counts).toEqual({ sent: 593, dropped: { export_failed: 7 }, trimmed: 0 });
    expect(error?.message).toBe(`http://127.0.0.1:${port} rejected 7 spans: old`);
  });

  it('loses the batch, and is quoted, when it refuses', async () => {
    const port = await freeTcpPort();
    const refusal = { code: status.INVALID_ARGUMENT, details: 'not\r\nthis' };
    await using server = await OtlpGrpcServer.listen(port, () => refusal);
    const { error, ...counts } = await sendTo(port);
    expect(counts).toEqual({ sent: 0, dropped: { export_failed: 600 }, trimmed: 0 });
    expect(error).toMatchObject({ name: 'GrpcStatusError', status: status.INVALID_ARGUMENT });
    expect(error?.message).toMatch(/^http:\/\/127\.0\.0\.1:\d+ did not take a call: 3 INVALID_ARGUMENT: not\s+this$/);
    expect(server.calls).toHaveLength(1);
  });

  it('loses the batch in time when it never answers', async () => {
    const port = await freeTcpPort();
    await using _server = await OtlpGrpcServer.listen(port, () => 'never');
    const started = performance.now();
    expect(await sendTo(port, 500)).toMatchObject({
      sent: 0,
      dropped: { export_failed: 600 },
      error: { name: 'SendAbortedError' },
    });
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
