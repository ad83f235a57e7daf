import { classificationOf, codeTable, prefixTable } from '../codeTable.ts';
import type { Classification, RuleSet } from '../classification.ts';
import type { ErrorFacts } from '../../errorFacts.ts';
import { DNS_CODES } from '../tables/dnsCodes.ts';
import { SYSTEM_CALLS, SYSTEM_CALL_PREFIXES, SYSTEM_ERROR_CODES } from '../tables/systemErrorCodes.ts';

/** Where the machine has run out of something, it does not matter what it was asked for. */
const EXHAUSTED: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAI_MEMORY', 'ENOSPC']);

/**
 * What the operating system and the name server answered, by the error's name and the system call; and processes that
 * were started and failed, which have the exit code as their code.
 */
export function systemRules(): RuleSet {
  const codes = codeTable('system.errno', SYSTEM_ERROR_CODES);
  const dnsCodes = codeTable('network.dns', DNS_CODES);
  const calls = codeTable('system.syscall', SYSTEM_CALLS);
  const callPrefix = prefixTable('system.syscall', SYSTEM_CALL_PREFIXES);
  const childProcess = classificationOf('system', 'system.childProcess');
  const byCall = (error: ErrorFacts): Classification | undefined => {
    const call = error.properties['syscall'];
    return typeof call === 'string' ? (calls.get(call) ?? callPrefix(call)) : undefined;
  };
  return (error) => {
    if (isFailedProcess(error)) return childProcess;
    if (error.code === undefined) return undefined;
    const known = codes.get(error.code) ?? dnsCodes.get(error.code);
    if (known === undefined || EXHAUSTED.has(error.code)) return known;
    return byCall(error) ?? known;
  };
}

/** `connect ECONNREFUSED 127.0.0.1:80`, `getaddrinfo ENOTFOUND db`, `ENOENT: no such file`: the code is lost, the text is not. */
const CODE_IN_MESSAGE = /^(?:[a-z]{1,32} (E[A-Z0-9_]{2,24})\b|(E[A-Z0-9]{2,24}): )/;

/** Errors of the operating system that somebody made a new error of, with nothing but the message. */
export function systemMessageRules(): RuleSet {
  const codes = codeTable('system.message', SYSTEM_ERROR_CODES);
  const dnsCodes = codeTable('system.message', DNS_CODES);
  return ({ code, message }) => {
    if (code !== undefined) return undefined;
    const found = CODE_IN_MESSAGE.exec(message);
    const name = found?.[1] ?? found?.[2];
    return name === undefined ? undefined : (codes.get(name) ?? dnsCodes.get(name));
  };
}

/** The errors of `exec`, `execFile` and their synchronous likes, see the documentation of `child_process`. */
function isFailedProcess({ message, properties }: ErrorFacts): boolean {
  return (
    message.startsWith('Command failed') ||
    (typeof properties['cmd'] === 'string' && typeof properties['killed'] === 'boolean')
  );
}
