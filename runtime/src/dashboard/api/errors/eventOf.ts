import { isoMillis } from '../../../core/isoTime.ts';
import type { CapturedError } from '../../../errors/capturedError.ts';
import type { ErrorFacts, ErrorProperty, StackFrame } from '../../../errors/errorFacts.ts';
import type { ExplainedFrame } from '../../../errors/frameExplainer.ts';
import { shownName, shownValue } from '../../foreignText.ts';
import { jsonValue } from '../jsonValue.ts';
import {
  type ChainedError,
  type ErrorEvent,
  type ErrorEventSummary,
  MOST_OF_A_CHAIN,
  type ShownFrame,
  type ShownProperties,
} from './errorEventSchema.ts';

const MOST_NAME_LENGTH = 300;
const MOST_TEXT_LENGTH = 4096;
const MOST_SUMMARY_LENGTH = 200;
/** Of an error's own frames, so many are shown with their code. */
const MOST_WITH_CODE = 12;

/** Reads the places of frames, and the code there. */
export type Explain = (error: Pick<ErrorFacts, 'frames'>) => Promise<readonly ExplainedFrame[]>;

/** The events of a group with what each is asked for by: its time, and which of that millisecond it is, the oldest first. */
export function keyedEvents(newestFirst: readonly CapturedError[]): readonly (readonly [string, CapturedError])[] {
  const seen = new Map<number, number>();
  const keyed = newestFirst.toReversed().map((event): readonly [string, CapturedError] => {
    const number = seen.get(event.atMillis) ?? 0;
    seen.set(event.atMillis, number + 1);
    return [`${event.atMillis}.${number}`, event];
  });
  return keyed.reverse();
}

/** An event in a list. */
export function eventSummaryOf(key: string, captured: CapturedError): ErrorEventSummary {
  const { error, source, isHandled, isUncaught, atMillis, request, traceId, spanId, sampled, release } = captured;
  const { id, operation, userId, agentId, status } = request;
  return {
    key,
    atMillis,
    message: shownName(error.message, MOST_SUMMARY_LENGTH),
    source,
    isHandled,
    ...(isUncaught && { isUncaught }),
    ...(release !== undefined && { release: shownName(release, MOST_NAME_LENGTH) }),
    request: {
      // An ID is asked for as it is.
      ...(id !== undefined && { id }),
      ...(operation !== undefined && { operation: shownName(operation, MOST_NAME_LENGTH) }),
      ...(userId !== undefined && { userId }),
      ...(agentId !== undefined && { agentId }),
      ...(status !== undefined && { status }),
    },
    ...(traceId !== undefined && { traceId }),
    ...(spanId !== undefined && { spanId }),
    ...(sampled !== undefined && { sampled }),
  };
}

/** An event with everything: sources are read for it. */
export async function eventOf(key: string, captured: CapturedError, explain: Explain): Promise<ErrorEvent> {
  const chain: ChainedError[] = [];
  await addToChain(chain, captured.error, { relation: 'thrown', depth: 0, explain });
  return {
    ...eventSummaryOf(key, captured),
    chain,
    context: shownProperties(captured.context),
    breadcrumbs: captured.breadcrumbs.map(({ at, kind, message, data }) => ({
      atMillis: isoMillis(at),
      kind: shownName(kind, MOST_NAME_LENGTH),
      message: shownValue(message, MOST_TEXT_LENGTH),
      data: shownProperties(data ?? {}),
    })),
  };
}

interface ChainPlace extends Pick<ChainedError, 'relation' | 'depth'> {
  readonly explain: Explain;
}

async function addToChain(
  chain: ChainedError[],
  error: ErrorFacts,
  { relation, depth, explain }: ChainPlace,
): Promise<void> {
  if (chain.length >= MOST_OF_A_CHAIN) return;
  const { type, classes, message, code, status, properties, frames, leftOut } = error;
  chain.push({
    relation,
    depth,
    type: shownName(type, MOST_NAME_LENGTH),
    classes: classes.map((name) => shownName(name, MOST_NAME_LENGTH)),
    message: shownValue(message, MOST_TEXT_LENGTH),
    ...(code !== undefined && { code: shownName(code, MOST_NAME_LENGTH) }),
    ...(status !== undefined && { status }),
    properties: shownProperties(properties),
    frames: shownFrames(frames.length === 0 ? [] : await explain({ frames })),
    leftOut,
  });
  // Causes are a chain already: each is the cause of the one before.
  for (const [index, cause] of error.causes.entries())
    await addToChain(chain, cause, { relation: 'cause', depth: depth + 1 + index, explain });
  for (const held of error.errors) await addToChain(chain, held, { relation: 'aggregated', depth: depth + 1, explain });
}

function shownFrames(explained: readonly ExplainedFrame[]): ShownFrame[] {
  let withCode = 0;
  return explained.map(({ frame, code }) => {
    if (code !== undefined) withCode += 1;
    return {
      ...placeOf(frame),
      ...(code !== undefined && withCode <= MOST_WITH_CODE && { code: codeOf(code) }),
    };
  });
}

function placeOf({ functionName, file, line, column, isAsync, isInApplication }: StackFrame): ShownFrame {
  return {
    ...(functionName !== undefined && { functionName: shownName(functionName, MOST_NAME_LENGTH) }),
    ...(file !== undefined && { file: shownName(file, MOST_NAME_LENGTH) }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    isAsync,
    isInApplication,
  };
}

function codeOf({ before, line, after }: NonNullable<ExplainedFrame['code']>): NonNullable<ShownFrame['code']> {
  const shown = (text: string): string => shownValue(text, MOST_NAME_LENGTH);
  return { before: before.map(shown), line: shown(line), after: after.map(shown) };
}

function shownProperties(properties: Readonly<Record<string, ErrorProperty>>): ShownProperties {
  return Object.entries(properties).map(([name, value]) => [
    shownName(name, MOST_NAME_LENGTH),
    typeof value === 'string' ? shownValue(value, MOST_TEXT_LENGTH) : jsonValue(value),
  ]);
}
