import { FailureChoiceError, type FailureName } from '../src/failures/failureName.ts';
import type { FailureRatios } from '../src/failures/parseFailures.ts';

/** The failures of the shop, as they are to be for a while. */
export interface SwitchFailuresOptions {
  /** What `FAILURES_PORT` of each service opens: `http://127.0.0.1:8082`. */
  readonly controls: readonly URL[];
  readonly ratios: FailureRatios;
}

/** A failure of one service, with how often it strikes. */
interface Switch {
  readonly url: URL;
  readonly name: FailureName;
  readonly before: number;
  readonly ratio: number;
}

/**
 * Switches failures on, each in the service whose it is.
 *
 * @returns makes all as it was before
 * @throws FailureChoiceError for one that no service has, and a service that cannot be asked; nothing is switched then.
 */
export async function switchFailures({ controls, ratios }: SwitchFailuresOptions): Promise<() => Promise<void>> {
  if (ratios.size === 0) return () => Promise.resolve();
  const services = await Promise.all(controls.map(async (url) => ({ url, has: await ask(url) })));
  const switches = [...ratios].map(([name, ratio]): Switch => {
    const service = services.find(({ has }) => has[name] !== undefined);
    if (service === undefined)
      throw new FailureChoiceError(`${name} is of no service at ${controls.map(({ host }) => host).join(', ')}`);
    return { url: service.url, name, before: service.has[name] ?? 0, ratio };
  });
  const undo = async (): Promise<void> => {
    for (const { url, name, before } of switches) await ask(url, { name, ratio: before });
  };
  try {
    for (const { url, name, ratio } of switches) await ask(url, { name, ratio });
  } catch (error) {
    await undo().catch(() => undefined);
    throw error;
  }
  return undo;
}

/** The failures of a service with their ratios, when one of them was set. */
async function ask(
  url: URL,
  set?: { readonly name: FailureName; readonly ratio: number },
): Promise<Readonly<Record<string, number>>> {
  const address = new URL('/failures', url);
  const response = await fetch(address, {
    method: set === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    ...(set && { body: JSON.stringify(set) }),
    signal: AbortSignal.timeout(5000),
  }).catch((cause: unknown) => {
    throw new FailureChoiceError(`${address.href} does not answer: start the services with FAILURES_PORT`, { cause });
  });
  if (response.ok) return (await response.json()) as Readonly<Record<string, number>>;
  throw new FailureChoiceError(`${address.href} answered ${response.status}: ${await response.text()}`);
}
