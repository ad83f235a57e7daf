import { execa } from 'execa';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { nodeArguments } from '../runProgram.ts';

const started = z.object({ url: z.string() });
const lateness = z.object({ p50Millis: z.number(), p99Millis: z.number(), mostMillis: z.number() });

/** How late the event loop of the application was. */
export type Lateness = z.infer<typeof lateness>;

/** An application whose page is looked at, in a process of its own. */
export interface ShownApplication extends AsyncDisposable {
  /** Address of the page with its token. */
  readonly url: string;
  /** From now on so many events come in a second. */
  readonly bringEvents: (perSecond: number) => Promise<void>;
  /** How late its event loop is while `work` goes on. */
  readonly latenessDuring: (work: () => Promise<void>) => Promise<Lateness>;
}

/** What is behind the page. */
export interface ShownAmounts {
  readonly groups: number;
  readonly requests: number;
}

/** Starts `program/shownApplication.ts`. */
export async function startShownApplication({ groups, requests }: ShownAmounts): Promise<ShownApplication> {
  const program = execa(process.execPath, [
    ...nodeArguments('dashboard', 'shownApplication'),
    String(groups),
    String(requests),
  ]);
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => JSON.parse(String((await lines.next()).value));
  const { url } = started.parse(await next());
  const obey = async (command: string): Promise<unknown> => {
    program.stdin.write(`${command}\n`);
    return next();
  };
  return {
    url,
    bringEvents: async (perSecond) => {
      await obey(`events ${perSecond}`);
    },
    latenessDuring: async (work) => {
      await obey('reset');
      await work();
      return lateness.parse(await obey('delay'));
    },
    [Symbol.asyncDispose]: async () => {
      program.stdin.end();
      await program;
    },
  };
}
