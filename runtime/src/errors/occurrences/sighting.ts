import type { TraceContext } from '../../core/currentTraceContext.ts';
import { ownText } from '../../core/ownText.ts';
import type { ErrorRequest } from '../capturedError.ts';

const MOST_ID_LENGTH = 200;

/** The request that is worked on when an error is seen. */
export interface SeenRequest extends ErrorRequest {
  /** The request that this one is a part of: an error that goes from one to the other is one error. */
  readonly parentId?: string;
}

/** Where and when something thrown was seen. */
export interface Sighting {
  readonly trace: TraceContext | undefined;
  readonly request: SeenRequest;
  /** Of the request, as far as they are texts, which callers without types do not have to give. */
  readonly requestId: string | undefined;
  readonly parentId: string | undefined;
  readonly monotonicMillis: number;
}

/** Where something thrown is seen. */
export function sightingOf(request: SeenRequest, trace: TraceContext | undefined, monotonicMillis: number): Sighting {
  return { trace, request, requestId: idOf(request.id), parentId: idOf(request.parentId), monotonicMillis };
}

function idOf(id: unknown): string | undefined {
  if (typeof id !== 'string') return undefined;
  return id.length <= MOST_ID_LENGTH ? id : ownText(id, MOST_ID_LENGTH);
}
