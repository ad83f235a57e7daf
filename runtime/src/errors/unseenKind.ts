import { types } from 'node:util';
import { errorName } from '../core/thrown/errorName.ts';
import { isNativeError } from '../core/thrown/isNativeError.ts';
import { ownData } from '../core/thrown/ownData.ts';
import type { UnseenError } from './groups/unseenError.ts';

/** What codes look like; anything else may hold a secret. */
const PLAIN_CODE = /^[\w.-]{1,50}$/;
/** What names of classes look like, for the same reason. */
const PLAIN_NAME = /^[A-Za-z_$][\w$.]{0,99}$/;

/** Class and code of what there is no time to look at, read where they are kept: no stack is written out, and nothing is redacted but by its shape. */
export function unseenKindOf(thrown: unknown): Omit<UnseenError, 'number'> {
  const isReadable = typeof thrown === 'object' && thrown !== null && !types.isProxy(thrown);
  const code = isReadable ? ownData(thrown, 'code') : undefined;
  return {
    type: isReadable && isNativeError(thrown) ? plainName(thrown) : typeof thrown,
    code: typeof code === 'string' && PLAIN_CODE.test(code) ? code : undefined,
  };
}

function plainName(error: object): string {
  const name = errorName(error);
  return name !== undefined && PLAIN_NAME.test(name) ? name : 'Error';
}
