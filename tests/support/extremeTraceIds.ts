/** A trace ID that every share but 0 samples. */
export const LOWEST_ID = '0123456789abcdef0000000000000001';
/** One that no share but 1 samples. */
export const HIGHEST_ID = '0123456789abcdef7fffffffffffffff';
