/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** An environment variable is missing or cannot be used. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  /** The variable's name. */
  readonly variable: string;

  constructor(variable: string, value: string | undefined, allowed: string, options?: ErrorOptions) {
    super(`${variable} is ${value === undefined ? 'not set' : JSON.stringify(value)}; it must be ${allowed}`, options);
    this.variable = variable;
  }
}

/** @throws EnvironmentError when the variable is missing or empty. */
export function requireText(environment: Environment, variable: string): string {
  const value = environment[variable];
  if (value === undefined || value === '') throw new EnvironmentError(variable, value, 'set');
  return value;
}

/** @throws EnvironmentError when the variable is set to something that is no port. 0 lets the system choose. */
export function readPort(environment: Environment, variable: string, fallback: number): number {
  const value = environment[variable];
  if (value === undefined || value === '') return fallback;
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535) throw new EnvironmentError(variable, value, 'a port from 0 to 65535');
  return port;
}

/** Milliseconds. @throws EnvironmentError when the variable is set to something other than a whole number from 1 to 60000. */
export function readMillis(environment: Environment, variable: string, fallback: number): number {
  const value = environment[variable] ?? '';
  if (value === '') return fallback;
  const millis = Number(value);
  if (!/^\d{1,5}$/.test(value) || millis < 1 || millis > 60_000)
    throw new EnvironmentError(variable, value, 'a whole number of milliseconds from 1 to 60000');
  return millis;
}

/** @throws EnvironmentError when the variable is set to something other than `true` or `false`. Unset, it is on. */
export function readSwitch(environment: Environment, variable: string): boolean {
  const value = environment[variable] ?? '';
  if (value === '' || value === 'true') return true;
  if (value === 'false') return false;
  throw new EnvironmentError(variable, value, 'true or false');
}
