import type { TracedOptions } from './tracedOptions.ts';

/**
 * Checks what a type checker cannot, and what it can for those who have none.
 *
 * @throws TypeError that names option, value and what is allowed
 */
export function validateTracedOptions(options: TracedOptions): void {
  const { name, callback, arguments: names, reveal } = options;
  if (name === '') throw invalid('name', '""', 'a text that is not empty, or a function');
  if (typeof callback === 'number' && !(Number.isInteger(callback) && callback >= 0)) {
    throw invalid('callback', String(callback), "'last' or the index of an argument");
  }
  for (const revealed of reveal ?? []) {
    if (names === true ? !/^\d+$/.test(revealed) : names?.includes(revealed) !== true) {
      throw invalid(
        'reveal',
        JSON.stringify(revealed),
        names === true ? 'positions such as "0"' : 'names in `arguments`',
      );
    }
  }
}

function invalid(option: string, value: string, allowed: string): TypeError {
  return new TypeError(`traced: the option ${option} is ${value}; allowed: ${allowed}`);
}
