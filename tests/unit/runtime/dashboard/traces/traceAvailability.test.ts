import { describe, expect, it } from 'vitest';
import {
  type AvailabilityFacts,
  traceAvailability,
} from '../../../../../runtime/src/dashboard/traces/traceAvailability.ts';
import { TraceQueryError } from '../../../../../runtime/src/dashboard/traces/traceQueryError.ts';

const NOW = 1_795_893_600_000;
const notFound = new TraceQueryError('notFound', 'Jaeger has no such trace');

const sent: AvailabilityFacts = {
  traceId: '6b873b28ebbe7b5804a8b3093329bfb8',
  sampled: true,
  outcome: 'found',
  endedMillis: NOW - 60_000,
  nowMillis: NOW,
};

describe('why a trace is not there', () => {
  it('is not asked where it is there, whoever sampled it', () => {
    expect(traceAvailability(sent)).toEqual({ state: 'found', text: '' });
    expect(traceAvailability({ ...sent, sampled: false }).state).toBe('found');
  });

  it('is that nothing was traced', () => {
    const { state, text } = traceAvailability({ ...sent, traceId: undefined, outcome: undefined });
    expect(state).toBe('notTraced');
    expect(text).toBe('There is no trace: no span was active. Is tracing switched on where it started?');
  });

  it.each([undefined, notFound])('is that it was not sampled, where that is known (%s)', (outcome) => {
    const { state, text } = traceAvailability({ ...sent, sampled: false, outcome });
    expect(state).toBe('notSampled');
    expect(text).toBe(
      'There is no trace: it was not sampled, so that its spans were not sent. A higher sampling rate keeps more.',
    );
  });

  it('is that nobody said where Jaeger is', () => {
    const { state, text } = traceAvailability({ ...sent, outcome: undefined });
    expect(state).toBe('notConfigured');
    expect(text).toBe("The trace cannot be shown here: the page was not told where Jaeger's query API is.");
  });

  it('is that it is under way still', () => {
    const { state, text } = traceAvailability({ ...sent, outcome: notFound, endedMillis: undefined });
    expect(state).toBe('notSentYet');
    expect(text).toBe('The trace is not there yet: it is under way, and spans are sent when they end.');
  });

  it.each([
    [14_999, undefined, 'notSentYet'],
    [15_000, undefined, 'notFound'],
    [-5000, undefined, 'notSentYet'],
    [1999, 2000, 'notSentYet'],
    [2000, 2000, 'notFound'],
  ])('%i ms after its end, with %s ms for the way, is %s', (age, settleMillis, state) => {
    const facts = { ...sent, outcome: notFound, endedMillis: NOW - age };
    expect(traceAvailability(settleMillis === undefined ? facts : { ...facts, settleMillis }).state).toBe(state);
  });

  it('is that Jaeger keeps it no longer, or that it was lost', () => {
    const text = (sampled: boolean | undefined): string =>
      traceAvailability({ ...sent, sampled, outcome: notFound }).text;
    expect(text(true)).toBe(
      'Jaeger does not have the trace. It is older than what Jaeger keeps, or its spans were lost: see what was dropped under Accounting.',
    );
    expect(text(undefined)).toContain('It may not have been sampled, may be older than');
  });

  it('is that Jaeger could not be asked, with what to do', () => {
    const outcome = new TraceQueryError('unreachable', 'http://jaeger:16686 cannot be reached (ECONNREFUSED)');
    expect(traceAvailability({ ...sent, outcome })).toEqual({
      state: 'unreadable',
      text: 'The trace could not be read: http://jaeger:16686 cannot be reached (ECONNREFUSED).',
    });
  });
});
