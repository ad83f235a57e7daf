import { ClientLimits } from '../clientLimits.ts';
import { TokensGuessedError } from './tokensGuessedError.ts';

/** Ten at once, and ten more each minute. */
const OF_ONE_ADDRESS = { burst: 10, perSecond: 10 / 60 };
const OF_ALL = { burst: 100, perSecond: 100 / 60 };
const ALL = '';
const TOLD_EACH_MILLIS = 600_000;

/** What wrong tokens are counted with. */
export interface WrongTokensPorts {
  readonly monotonicMillis: () => number;
  /** Is told of guessing, at most once in ten minutes. */
  readonly onError: (error: Error) => void;
}

/**
 * Makes guessing slow. Of an address that gave too many wrong tokens no token is looked at for some seconds. Where there were
 * too many from all addresses, wrong ones are told to wait, and the application is told; right ones are let in, so that nobody
 * can lock others out. Sessions do not depend on either.
 */
export class WrongTokens {
  readonly #ports: WrongTokensPorts;
  readonly #byAddress: ClientLimits;
  readonly #inAll: ClientLimits;
  #toldAtMillis = -Infinity;

  constructor(ports: WrongTokensPorts) {
    this.#ports = ports;
    this.#byAddress = new ClientLimits(OF_ONE_ADDRESS, ports.monotonicMillis);
    this.#inAll = new ClientLimits(OF_ALL, ports.monotonicMillis);
  }

  /** Seconds in which no token of an address is looked at; 0 where it is. */
  waitSeconds(address: string | undefined): number {
    return this.#byAddress.waitSeconds(address);
  }

  /** Counts a wrong token. @returns seconds to wait where there were too many in all; 0 where there were not */
  count(address: string | undefined): number {
    this.#byAddress.take(address);
    const waitSeconds = this.#inAll.take(ALL);
    if (waitSeconds > 0) this.#tell();
    return waitSeconds;
  }

  #tell(): void {
    const nowMillis = this.#ports.monotonicMillis();
    if (nowMillis - this.#toldAtMillis < TOLD_EACH_MILLIS) return;
    this.#toldAtMillis = nowMillis;
    this.#ports.onError(new TokensGuessedError());
  }
}
