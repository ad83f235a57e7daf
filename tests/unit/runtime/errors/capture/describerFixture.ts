import { ErrorDescriber } from '../../../../../runtime/src/errors/capture/errorDescriber.ts';
import type { ErrorFacts } from '../../../../../runtime/src/errors/errorFacts.ts';

/** Takes every `secret` out. */
export const redactText = (text: string): string => text.replaceAll('secret', '[redacted]');

/** What is known of something that was thrown, in an application in `/app`. */
export function factsOf(thrown: unknown): ErrorFacts {
  return new ErrorDescriber({ redactText, workingDirectory: '/app' }).describe(thrown);
}

/** An error with the stack that V8 would have written for it, of these places. */
export function errorAt<Thrown extends Error>(error: Thrown, ...places: readonly string[]): Thrown {
  error.stack = [`${error.name}: ${error.message}`, ...places.map((place) => `    at ${place}`)].join('\n');
  return error;
}

/** A Proxy that counts how often one of its traps is run. */
export function trap(target: object): { readonly proxy: object; readonly runs: () => number } {
  let count = 0;
  const counted = new Proxy(
    {},
    {
      get: (_, name) => {
        count += 1;
        return Reflect.get(Reflect, name) as unknown;
      },
    },
  );
  return { proxy: new Proxy(target, counted), runs: () => count };
}

/** An accessor that counts how often it is run. */
export function accessor(value: unknown): PropertyDescriptor & { readonly runs: () => number } {
  let count = 0;
  return {
    configurable: true,
    enumerable: true,
    get: () => {
      count += 1;
      return value;
    },
    runs: () => count,
  };
}
