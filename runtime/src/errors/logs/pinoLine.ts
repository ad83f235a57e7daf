import { types } from 'node:util';
import { isObject } from '../../core/isObject.ts';
import { ownData } from '../../core/thrown/ownData.ts';
import { errorIn } from './errorAmong.ts';
import type { LogLine } from './logLine.ts';

/** What pino's levels are, each with its number. */
interface PinoLevels {
  readonly values: Readonly<Record<string, unknown>>;
  readonly labels: Readonly<Record<number, unknown>>;
}

/** What pino tells of a line: all of it is its own, but for the fields. */
interface Told {
  readonly instance: object;
  readonly arguments: Readonly<Record<0 | 1 | 2, unknown>>;
}

/** The number that pino itself gives the level `error`. */
const ERROR = 50;

/**
 * The line that pino tells of on its channel `tracing:pino_asJson:start`: `{ instance, arguments: [fields, text, level, time] }`,
 * since 9.10. Only lines that are written are told; fields are those of the call and of the mixin.
 *
 * @returns `undefined` for what is told in another way
 */
export function pinoLine(told: unknown): LogLine | undefined {
  if (!isTold(told)) return undefined;
  const { instance: logger, arguments: given } = told;
  const { 0: fields, 1: message, 2: number } = given;
  if (typeof number !== 'number') return undefined;
  const levels = levelsOf(logger);
  const isError = isErrorLevel(number, levels);
  return {
    logger: 'pino',
    level: labelOf(number, levels),
    isError,
    message: typeof message === 'string' ? message : undefined,
    thrown: isError ? errorIn(fields) : undefined,
    isOfFailedRequest: isError && hasFailedResponse(fields),
  };
}

/** Node's response, as pino-http gives it, or Fastify's, which has Node's as `raw`. Runs no getter and no trap of a Proxy. */
function hasFailedResponse(fields: unknown): boolean {
  const response = plainField(fields, 'res');
  const status = plainField(plainField(response, 'raw') ?? response, 'statusCode');
  return typeof status === 'number' && status >= 500;
}

function plainField(owner: unknown, key: string): unknown {
  return isObject(owner) && !types.isProxy(owner) ? ownData(owner, key) : undefined;
}

/** Children have those of their parents. */
function levelsOf(logger: object): PinoLevels | undefined {
  const levels: unknown = Reflect.get(logger, 'levels');
  return isLevels(levels) ? levels : undefined;
}

function isLevels(levels: unknown): levels is PinoLevels {
  return typeof levels === 'object' && levels !== null && 'values' in levels && 'labels' in levels;
}

function isTold(told: unknown): told is Told {
  return (
    typeof told === 'object' &&
    told !== null &&
    'arguments' in told &&
    isObject(told.arguments) &&
    'instance' in told &&
    isObject(told.instance)
  );
}

function labelOf(number: number, levels: PinoLevels | undefined): string {
  const label = levels?.labels[number];
  return typeof label === 'string' ? label : String(number);
}

/** Own levels may go down as they get worse. */
function isErrorLevel(number: number, levels: PinoLevels | undefined): boolean {
  const error = levels?.values['error'];
  const info = levels?.values['info'];
  const threshold = typeof error === 'number' ? error : ERROR;
  return typeof info === 'number' && info > threshold ? number <= threshold : number >= threshold;
}
