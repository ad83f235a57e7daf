// Runs in the network of a cluster's node: see support/recorder.ts. Asks everyone twice a second, and writes what was answered.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const PAUSE_MILLIS = 500;
const DEFAULT_ANSWER_MILLIS = 900;

interface Target {
  readonly source: string;
  readonly pod: string;
  readonly url: string;
  readonly body?: string;
  /** Lines of the answer that are wanted, as a regular expression. @defaultValue all */
  readonly wanted?: string;
  /** How long an answer may take. @defaultValue 900 */
  readonly answerMillis?: number;
}

interface Targets {
  readonly http: readonly Target[];
  /** Processes in whose networks the kernel's counters are read, by pod. */
  readonly networks: Readonly<Record<string, number>>;
}

let targets: Targets = { http: [], networks: {} };
createInterface({ input: process.stdin })
  .on('line', (line) => {
    targets = JSON.parse(line) as Targets;
  })
  .on('close', () => process.exit());

/** Who has not answered yet: answers of one process must come in the order of the questions. */
const asked = new Set<string>();

setInterval(() => {
  readNetworks();
  for (const target of targets.http)
    if (!asked.has(target.url)) {
      asked.add(target.url);
      void ask(target).finally(() => asked.delete(target.url));
    }
}, PAUSE_MILLIS);

async function ask({ source, pod, url, body, wanted, answerMillis = DEFAULT_ANSWER_MILLIS }: Target): Promise<void> {
  const askedAt = Date.now();
  try {
    const answer = await fetch(url, {
      signal: AbortSignal.timeout(answerMillis),
      ...(body !== undefined && { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
    });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const text = await answer.text();
    write({ source, pod, askedAt, at: Date.now(), text: wanted === undefined ? text : linesOf(text, wanted) });
  } catch (error) {
    write({ source, pod, askedAt, at: Date.now(), failure: String(error) });
  }
}

function linesOf(text: string, wanted: string): string {
  const expression = new RegExp(wanted);
  return text
    .split('\n')
    .filter((line) => expression.test(line))
    .join('\n');
}

/** All at one moment, so that what one has sent the other has, or has lost. */
function readNetworks(): void {
  const askedAt = Date.now();
  const read = Object.entries(targets.networks).map(([pod, pid]) => [pod, snmpOf(pid)] as const);
  write({ source: 'networks', pod: '', askedAt, at: Date.now(), text: JSON.stringify(Object.fromEntries(read)) });
}

function snmpOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/net/snmp`, 'utf8');
  } catch {
    return '';
  }
}

function write(answer: object): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
