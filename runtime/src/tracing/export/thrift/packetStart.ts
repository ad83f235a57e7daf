import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import { copyAttributes } from '../spanCopy.ts';
import { CutCounter, WIDEST_MARKS } from './cutCounter.ts';
import { cutToBytes, TELLING_BYTES } from './cutToBytes.ts';
import { largestThatFits } from './largestThatFits.ts';
import type { TagWriter } from './tagWriter.ts';
import type { ThriftWriter } from './thriftWriter.ts';
import { type Cut, trimAttributes } from './trimSpan.ts';

/** Field id of the batch in the arguments of `emitBatch` in agent.thrift. */
const BATCH = 1;

/** Field id of the process in `Batch`, and those of `Process`, in jaeger.thrift. */
const PROCESS = 1;
const SERVICE_NAME = 1;
const TAGS = 2;

/** What OpenTelemetry calls a service without a name. */
const UNKNOWN_SERVICE = 'unknown_service';

type Resource = ReadableSpan['resource'];

/** What is told of a process. */
interface Process {
  readonly serviceName: string;
  readonly tags: Attributes;
}

/** How a {@link PacketStart} writes. */
export interface PacketStartOptions {
  /** Whether the batch is the argument of a call of the agent. */
  readonly isCall: boolean;
  /** Most bytes of a start; a process with more to tell is trimmed, and marked. */
  readonly mostBytes: number;
}

/** Writes everything that precedes the spans of a packet, which is encoded once for each resource. */
export class PacketStart {
  readonly #writer: ThriftWriter;
  readonly #tags: TagWriter;
  readonly #options: PacketStartOptions;
  readonly #known = new WeakMap<Resource, Uint8Array>();

  constructor(writer: ThriftWriter, tags: TagWriter, options: PacketStartOptions) {
    this.#writer = writer;
    this.#tags = tags;
    this.#options = options;
  }

  /** Writes from the writer's first byte on. A resource that is still being detected is encoded anew for each packet. */
  write(resource: Resource): void {
    this.#writer.position = 0;
    const known = this.#known.get(resource);
    if (known !== undefined) {
      this.#writer.bytes(known);
      return;
    }
    this.#writeFitting(processOf(resource));
    if (resource.asyncAttributesPending !== true) this.#known.set(resource, this.#writer.copyFrom(0));
  }

  /** Cuts texts as little as it can; leaves out the last tags where short texts do not help. */
  #writeFitting(process: Process): void {
    if (this.#fits(process)) return;
    const tryWith = (tagCount: number, textBytes: number): boolean => {
      const { serviceName, tags } = trimProcess(process, tagCount, (text) => cutToBytes(text, textBytes));
      return this.#fits({ serviceName, tags: { ...tags, ...WIDEST_MARKS } });
    };
    const count = largestThatFits(Object.keys(process.tags).length, (number) => tryWith(number, TELLING_BYTES)) ?? 0;
    const textBytes = largestThatFits(this.#options.mostBytes, (bytes) => tryWith(count, bytes)) ?? 0;
    const counter = new CutCounter(textBytes);
    const { serviceName, tags } = trimProcess(process, count, counter.cut);
    this.#fits({ serviceName, tags: { ...tags, ...counter.marks() } });
  }

  #fits(process: Process): boolean {
    this.#writer.position = 0;
    this.#encode(process);
    return !this.#writer.isFull && this.#writer.position <= this.#options.mostBytes;
  }

  #encode({ serviceName, tags }: Process): void {
    const writer = this.#writer;
    if (this.#options.isCall) {
      writer.onewayCall('emitBatch');
      writer.structField(BATCH, 0);
    }
    writer.structField(PROCESS, 0);
    writer.textField(SERVICE_NAME, 0, serviceName);
    if (Object.keys(tags).length > 0) {
      const place = writer.beginStructs(TAGS, SERVICE_NAME);
      writer.endStructs(place, this.#tags.writeAll(tags));
    }
    writer.endStruct();
  }
}

function processOf(resource: Resource): Process {
  const { [ATTR_SERVICE_NAME]: name, ...tags } = copyAttributes(() => resource.attributes);
  return { serviceName: typeof name === 'string' && name !== '' ? name : UNKNOWN_SERVICE, tags };
}

function trimProcess({ serviceName, tags }: Process, tagCount: number, cut: Cut): Process {
  return { serviceName: cut(serviceName), tags: trimAttributes(tags, tagCount, cut) };
}
