import type { TransportHost } from './transportHost.ts';

// What the kernel books for a packet in the receiver's buffer, beside its bytes: about this.
const PACKET_OVERHEAD_BYTES = 1000;

/** How a `PacketPacer` paces. */
export interface PacketPacerOptions {
  /** What is sent in the long run, at most. */
  readonly bytesPerSecond: number;
  /** What is sent at once, beyond one packet, at most. */
  readonly burstBytes: number;
  readonly host: Pick<TransportHost, 'monotonicMillis' | 'pause'>;
}

/**
 * Spreads packets over time. An agent's socket holds 200 KB unless somebody raised that, which are three large packets:
 * what comes before the agent gets a processor again is lost, and nobody is told.
 */
export class PacketPacer {
  readonly #bytesPerMilli: number;
  readonly #burstMillis: number;
  readonly #host: PacketPacerOptions['host'];
  // When everything so far would have been sent at an even pace.
  #evenAt = Number.NEGATIVE_INFINITY;

  constructor({ bytesPerSecond, burstBytes, host }: PacketPacerOptions) {
    this.#bytesPerMilli = bytesPerSecond / 1000;
    this.#burstMillis = burstBytes / this.#bytesPerMilli;
    this.#host = host;
  }

  /** Resolves when the next packet may follow one of this size; at least the event loop gets its turn before. */
  async after(packetBytes: number): Promise<void> {
    const now = this.#host.monotonicMillis();
    const bookedBytes = packetBytes + PACKET_OVERHEAD_BYTES;
    this.#evenAt = Math.max(this.#evenAt, now - this.#burstMillis) + bookedBytes / this.#bytesPerMilli;
    // Timers know whole milliseconds only: less than one is owed, and waited for together with what follows.
    await this.#host.pause(Math.max(0, Math.floor(this.#evenAt - now)));
  }
}
