/** Trace IDs that look random and are the same in every run: SplitMix64 from a fixed seed. */
export function* randomTraceIds(count: number): Generator<string> {
  let state = 42n;
  for (let made = 0; made < count; made += 1) {
    const upper = (state = BigInt.asUintN(64, state + GAMMA));
    const lower = (state = BigInt.asUintN(64, state + GAMMA));
    yield hex(mixed(upper)) + hex(mixed(lower));
  }
}

const GAMMA = 0x9e3779b97f4a7c15n;

function mixed(state: bigint): bigint {
  const once = BigInt.asUintN(64, (state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n);
  const twice = BigInt.asUintN(64, (once ^ (once >> 27n)) * 0x94d049bb133111ebn);
  return twice ^ (twice >> 31n);
}

function hex(word: bigint): string {
  return word.toString(16).padStart(16, '0');
}
