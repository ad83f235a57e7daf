import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Dispose } from '../../../core/hostProcess.ts';

/** On which pino tells of a line just before it writes it. */
const CHANNEL = 'tracing:pino_asJson:start';

/** Tells of what every pino of this process writes. @param listener - never throws: it would end the process */
export function listenToPino(listener: (told: unknown) => void): Dispose {
  const told = (message: unknown): void => listener(message);
  subscribe(CHANNEL, told);
  return () => {
    unsubscribe(CHANNEL, told);
  };
}
