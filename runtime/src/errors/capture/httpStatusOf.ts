import { types } from 'node:util';
import { ownData } from '../../core/thrown/ownData.ts';

/**
 * The HTTP status that an error names: its `status`, its `statusCode`, the one of its `response` or of the `$metadata` that errors
 * of AWS have. Runs no getter but that of the platform's `Response`.
 *
 * @param inherited - what its class says
 * @returns a whole number from 100 to 599; `undefined` where it names none
 */
export function httpStatusOf(error: object, inherited: unknown): number | undefined {
  const own = statusIn(error) ?? (isStatus(inherited) ? inherited : undefined);
  return own ?? statusOfResponse(ownData(error, 'response')) ?? statusOfMetadata(ownData(error, '$metadata'));
}

function statusIn(object: object): number | undefined {
  const status = ownData(object, 'status');
  if (isStatus(status)) return status;
  const statusCode = ownData(object, 'statusCode');
  return isStatus(statusCode) ? statusCode : undefined;
}

function statusOfResponse(response: unknown): number | undefined {
  if (typeof response !== 'object' || response === null || types.isProxy(response)) return undefined;
  return statusIn(response) ?? platformStatus(response);
}

function statusOfMetadata(metadata: unknown): number | undefined {
  if (typeof metadata !== 'object' || metadata === null || types.isProxy(metadata)) return undefined;
  const status = ownData(metadata, 'httpStatusCode');
  return isStatus(status) ? status : undefined;
}

/** Node loads `Response` when somebody asks for it: nobody is to, where nobody has made one. */
function platformStatus(response: object): number | undefined {
  const prototype: unknown = Object.getPrototypeOf(response);
  if (typeof prototype !== 'object' || prototype === null || types.isProxy(prototype)) return undefined;
  const status = Object.getOwnPropertyDescriptor(prototype, 'status');
  if (status?.get === undefined || prototype !== Response.prototype) return undefined;
  try {
    const read: unknown = Reflect.get(Response.prototype, 'status', response);
    return isStatus(read) ? read : undefined;
  } catch {
    // An object that only pretends to be one.
    return undefined;
  }
}

function isStatus(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 100 && value <= 599;
}
