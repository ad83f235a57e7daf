// Goes every way that a context can go inside of a process, in two traces at once, and writes what each arrived at.
import { EventEmitter, once } from 'node:events';
import { pbkdf2 } from 'node:crypto';
import { readFile } from 'node:fs';
import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import { bindContext, currentTraceContext } from '@tracewright/runtime';
import '@tracewright/runtime/register';

type Arrive = () => void;

/** Callbacks of others are kept here, and called from outside of any trace. */
const kept: Arrive[] = [];
const unbound = new EventEmitter();

const ways: Readonly<Record<string, (arrive: Arrive) => unknown>> = {
  call: (arrive) => arrive(),
  'await of a promise': async (arrive) => {
    await Promise.resolve();
    await delay(5);
    arrive();
  },
  'then of a promise': (arrive) => Promise.resolve().then(arrive),
  'rejected promise': (arrive) => Promise.reject(new Error('x')).catch(arrive),
  'async generator': async (arrive) => {
    for await (const _turn of turns()) arrive();
  },
  setTimeout: (arrive) => setTimeout(arrive, 5),
  setInterval: (arrive) => {
    const timer = setInterval(() => {
      clearInterval(timer);
      arrive();
    }, 5);
  },
  setImmediate: (arrive) => setImmediate(arrive),
  nextTick: (arrive) => process.nextTick(arrive),
  queueMicrotask: (arrive) => queueMicrotask(arrive),
  'callback of the file system': (arrive) => readFile(import.meta.filename, arrive),
  'callback of the thread pool': (arrive) => pbkdf2('x', 'y', 1, 8, 'sha256', arrive),
  'event of a stream': (arrive) => new PassThrough().on('data', arrive).end('x'),
  'event that is waited for': async (arrive) => {
    const emitter = new EventEmitter();
    setTimeout(() => emitter.emit('event'), 5);
    await once(emitter, 'event');
    arrive();
  },
  'callback that is bound': (arrive) => kept.push(bindContext(arrive)),
  'listener of a bound emitter': (arrive) => {
    const emitter = bindContext(new EventEmitter()).on('event', arrive);
    kept.push(() => emitter.emit('event'));
  },
  'listener that is not bound': (arrive) => unbound.on('event', arrive),
};

async function* turns(): AsyncGenerator<number> {
  await delay(5);
  yield 1;
}

const arrivals: Record<string, string[]> = {};

/** Goes all the ways from inside of a span; an arrival is the span's name, where it is still the active one. */
function goFrom(name: string): void {
  trace.getTracer('ways').startActiveSpan(name, (span) => {
    for (const [way, go] of Object.entries(ways)) {
      void go(() => {
        const { spanId } = currentTraceContext() ?? {};
        (arrivals[way] ??= []).push(spanId === span.spanContext().spanId ? name : String(spanId));
      });
    }
    span.end();
  });
}

goFrom('first');
goFrom('second');
for (const callback of kept) callback();
unbound.emit('event');
process.on('exit', () => process.stdout.write(JSON.stringify(arrivals)));
