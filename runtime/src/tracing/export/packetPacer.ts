import type { TransportHost } from './transportHost.ts';

// A packet of the largest size every 16 ms: an agent that has to wait for a processor as long as that loses nothing.
const SLOWEST_BYTES_PER_MILLI = 4000;
// More than an agent can take: some 50,000 spans of 10 attributes a second.
const FASTEST_BYTES_PER_MILLI = 32_000;
// What the kernel books for a packet in the receiver's buffer, beside its bytes: about this.
const PACKET_OVERHEAD_BYTES = 1000;

/**
 * Spreads packets over time. An agent's socket holds 200 KB unless somebody raised that, which are three large packets:
 * what comes before the agent gets a processor again is lost, and nobody is told.
 *
 * The pace is what the application needs: a batch takes half of the time in which batches come, within 4 and 32 MB/s.
 */
export class PacketPacer {
  readonly #host: Pick<TransportHost, 'monotonicMillis' | 'pause'>;
  #bytesPerMilli = SLOWEST_BYTES_PER_MILLI;
  #batchBytes = 0;
  #begunAt = Number.NEGATIVE_INFINITY;
  // When everything so far would have been sent at an even pace.
  #evenAt = Number.NEGATIVE_INFINITY;

  constructor(host: Pick<TransportHost, 'monotonicMillis' | 'pause'>) {
    this.#host = host;
  }

  /** A batch begins: sets the pace by the size of the one before, and how long ago that began. */
  begin(): void {
    const now = this.#host.monotonicMillis();
    const needed = (2 * this.#batchBytes) / (now - this.#begunAt);
    this.#bytesPerMilli = Math.min(Math.max(needed, SLOWEST_BYTES_PER_MILLI), FASTEST_BYTES_PER_MILLI);
    this.#begunAt = now;
    this.#batchBytes = 0;
  }

  /** Resolves when the next packet may follow one of this size; at least the event loop gets its turn before. */
  async after(packetBytes: number): Promise<void> {
    const now = this.#host.monotonicMillis();
    const bookedBytes = packetBytes + PACKET_OVERHEAD_BYTES;
    this.#batchBytes += bookedBytes;
    this.#evenAt = Math.max(this.#evenAt, now) + bookedBytes / this.#bytesPerMilli;
    // Timers know whole milliseconds only: less than one is owed, and waited for together with what follows.
    await this.#host.pause(Math.floor(this.#evenAt - now));
  }
}
