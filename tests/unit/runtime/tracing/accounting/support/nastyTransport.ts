import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { SendOutcome, SpanTransport } from '../../../../../../runtime/src/tracing/export/spanTransport.ts';

/** What a `NastyTransport` does with a batch. */
export type Behaviour =
  | 'succeeds at once'
  | 'is slow'
  | 'fails'
  | 'drops some'
  | 'hangs'
  | 'stops when told to'
  | 'throws'
  | 'rejects with nothing'
  | 'claims too many'
  | 'claims too few'
  | 'claims nonsense'
  | 'answers with nothing'
  | 'answers twice'
  | 'empties the batch';

/** Every behaviour. */
export const BEHAVIOURS: readonly Behaviour[] = [
  'succeeds at once',
  'is slow',
  'fails',
  'drops some',
  'hangs',
  'stops when told to',
  'throws',
  'rejects with nothing',
  'claims too many',
  'claims too few',
  'claims nonsense',
  'answers with nothing',
  'answers twice',
  'empties the batch',
];

/** A transport that behaves as the test says, and keeps to its contract or not. */
export class NastyTransport implements SpanTransport {
  readonly destination = 'nowhere';
  behaviour: Behaviour = 'succeeds at once';
  /** The longest batch it was given. */
  longestBatch = 0;
  closesWell = true;
  canSendNow = true;
  readonly #waiting: (() => void)[] = [];

  send(spans: readonly ReadableSpan[], signal: AbortSignal): Promise<SendOutcome> {
    this.longestBatch = Math.max(this.longestBatch, spans.length);
    return this.#answer(spans, signal);
  }

  sendNow(spans: readonly ReadableSpan[]): SendOutcome {
    if (this.behaviour === 'throws') throw new Error('no socket');
    if (this.behaviour === 'answers with nothing') return JSON.parse('null') as SendOutcome;
    if (this.behaviour === 'claims too many') return outcome(spans.length + 2, { oversize: spans.length });
    return outcome(spans.length, {});
  }

  close(): Promise<void> {
    return this.closesWell ? Promise.resolve() : new Promise(() => undefined);
  }

  /** Every slow batch is answered, however late. */
  answerWaiting(): void {
    for (const answer of this.#waiting.splice(0)) answer();
  }

  #answer(spans: readonly ReadableSpan[], signal: AbortSignal): Promise<SendOutcome> {
    const count = spans.length;
    switch (this.behaviour) {
      case 'succeeds at once':
        return settled(count, {});
      case 'is slow':
        return new Promise((resolve) => this.#waiting.push(() => resolve(outcome(count, {}))));
      case 'fails':
        return settled(0, { export_failed: count });
      case 'drops some':
        return settled(count - 1, { oversize: 1 });
      case 'hangs':
        return new Promise(() => undefined);
      case 'stops when told to':
        return new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve(outcome(0, { export_failed: count })));
        });
      case 'throws':
        throw new Error('no socket');
      case 'rejects with nothing':
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- As nasty as it can be.
        return Promise.reject(undefined);
      case 'claims too many':
        return settled(count + 3, { queue_full: 2, export_failed: count + 1 });
      case 'claims too few':
        return settled(0, { oversize: count - 1 });
      case 'claims nonsense':
        return settled(Number.NaN, { oversize: -4, shutdown: 0.5, export_failed: Infinity });
      case 'answers with nothing':
        return Promise.resolve(JSON.parse('null') as SendOutcome);
      case 'answers twice':
        return new Promise((resolve) => {
          resolve(outcome(count, {}));
          resolve(outcome(0, { oversize: count }));
          this.#waiting.push(() => resolve(outcome(count, { shutdown: count })));
        });
      case 'empties the batch':
        if (Array.isArray(spans)) spans.length = 0;
        return settled(spans.length, {});
    }
  }
}

function outcome(sent: number, dropped: SendOutcome['dropped']): SendOutcome {
  return { sent, dropped, trimmed: sent };
}

function settled(sent: number, dropped: SendOutcome['dropped']): Promise<SendOutcome> {
  return Promise.resolve(outcome(sent, dropped));
}
