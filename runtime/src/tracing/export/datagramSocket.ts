import type { HostAddress } from './hostAddress.ts';

/** A UDP socket that is connected to one address. It does not keep the process alive. */
export interface DatagramSocket {
  /**
   * Hands one packet to the kernel. Rejects with the system's error when the kernel does not take it; an earlier packet
   * may be what the error is about.
   */
  send(packet: Uint8Array): Promise<void>;
  /**
   * Hands one packet to the kernel within this call, and says whether it was taken out of the process. What the kernel
   * makes of it is not known then. Never throws.
   */
  sendNow(packet: Uint8Array): boolean;
  /** Drops what was not handed over yet. Idempotent. */
  close(): void;
}

/**
 * Opens a socket. Rejects when there is no way to the address.
 *
 * @param onError - told of errors that come between two packets, such as the answer of a host on which nobody listens
 */
export type ConnectDatagramSocket = (
  address: HostAddress,
  port: number,
  onError: (error: Error) => void,
) => Promise<DatagramSocket>;
