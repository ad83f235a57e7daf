import { splitList } from './valueKinds.ts';

const KEYS = ['endpoint', 'pollingIntervalMs', 'initialSamplingRate'] as const;

/** How `OTEL_TRACES_SAMPLER_ARG` is written for a sampler that asks Jaeger. */
export const SAMPLER_ARGUMENT_FORM = KEYS.map((key) => `${key}=…`).join(',');

/** Takes one value out of `endpoint=http://…,pollingIntervalMs=5000,initialSamplingRate=0.25`. */
export function samplerArgument(key: (typeof KEYS)[number]): (text: string) => string | undefined {
  return (text) => {
    if (!isSamplerArgument(text)) return undefined;
    const part = splitList(text).find((candidate) => candidate.startsWith(`${key}=`));
    return part?.slice(key.length + 1);
  };
}

/**
 * Whether every part is one of these. Otherwise nothing of it is taken: a comma in an address cuts that in two, and half
 * an address shows half a password.
 */
export function isSamplerArgument(text: string): boolean {
  return splitList(text).every((part) => KEYS.some((key) => part.startsWith(`${key}=`)));
}
