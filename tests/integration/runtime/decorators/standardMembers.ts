import type { Given } from './members.ts';

/** A class with decorators on all that only standard decorators can be on. */
export function declareStandardMembers({ traced, active }: Pick<Given, 'traced' | 'active'>) {
  class Vault {
    static #opened = 0;
    readonly #code: number;

    constructor(code: number) {
      this.#code = code;
    }

    @traced()
    accessor level = 1;

    @traced()
    readonly peek = (): unknown => [this.#code, active()];

    @traced()
    readonly size = 3;

    @traced()
    static readonly make = (): string | undefined => active();

    static count(): unknown {
      return Vault.#open();
    }

    read(): unknown {
      return [this.#unlock(2), this.#secret];
    }

    @traced()
    static #open(): unknown {
      Vault.#opened += 1;
      return [Vault.#opened, active()];
    }

    @traced()
    #unlock(times: number): unknown {
      return [this.#code * times, active()];
    }

    @traced()
    get #secret(): unknown {
      return [this.#code, active()];
    }
  }
  return { Vault };
}
