import { useState } from 'preact/hooks';
import type { ShownFrame } from '../../../../src/dashboard/api/errors/errorEventSchema.ts';
import { plainText } from '../../components/plainText.ts';
import { type FrameRun, frameRuns } from './foldedFrames.ts';

/** A stack: the application's own code first to be seen, libraries folded. */
export function StackFrames({ frames }: { readonly frames: readonly ShownFrame[] }) {
  if (frames.length === 0) return <p class="hint">It came without a stack.</p>;
  const runs = frameRuns(frames);
  const firstOwn = runs.findIndex(({ isOwn }) => isOwn);
  return (
    <ol class="frames">
      {runs.map((run, index) => (
        <FrameRunItem key={index} run={run} isFirst={index === firstOwn} />
      ))}
    </ol>
  );
}

function FrameRunItem({ run: { isOwn, frames }, isFirst }: { readonly run: FrameRun; readonly isFirst: boolean }) {
  const [isOpen, setOpen] = useState(false);
  if (isOwn) {
    return (
      <>
        {frames.map((frame, index) => (
          <Frame key={index} frame={frame} isCodeShown={isFirst && index === 0} />
        ))}
      </>
    );
  }
  return (
    <>
      <li class="frame-fold">
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide' : 'Show'} {frames.length} {frames.length === 1 ? 'frame' : 'frames'} of libraries
        </button>
      </li>
      {isOpen && frames.map((frame, index) => <Frame key={index} frame={frame} isCodeShown={false} />)}
    </>
  );
}

function Frame({ frame, isCodeShown }: { readonly frame: ShownFrame; readonly isCodeShown: boolean }) {
  const { functionName, file, line, column, isAsync, isInApplication, code } = frame;
  const place = [file ?? 'native code', line, column].filter((part) => part !== undefined).join(':');
  const title = (
    <>
      <bdi class="frame-place">{plainText(place)}</bdi>{' '}
      <span class="hint">
        {isAsync && 'async '}
        in <bdi>{plainText(functionName ?? 'no function')}</bdi>
      </span>
    </>
  );
  if (code === undefined) return <li class={isInApplication ? 'frame is-own' : 'frame'}>{title}</li>;
  return (
    <li class="frame is-own">
      <details open={isCodeShown}>
        <summary>{title}</summary>
        <Code code={code} line={line ?? 1} />
      </details>
    </li>
  );
}

function Code({ code, line }: { readonly code: NonNullable<ShownFrame['code']>; readonly line: number }) {
  const lines = [...code.before, code.line, ...code.after];
  const first = line - code.before.length;
  return (
    <pre class="code" tabIndex={0} aria-label={`The code around line ${line}`}>
      {lines.map((text, index) => {
        const isHere = index === code.before.length;
        return (
          <div key={index} class={isHere ? 'code-line is-here' : 'code-line'}>
            <span class="code-number">
              {isHere ? '▸' : ' '}
              {first + index}
            </span>
            <bdi>{text === '' ? ' ' : plainText(text.replaceAll('\t', '  '))}</bdi>
          </div>
        );
      })}
    </pre>
  );
}
