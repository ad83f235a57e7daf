import type { EngineResource } from '../objectsOfResource.ts';
import { readStruct } from './readStruct.ts';
import { WireReader } from './wireReader.ts';

// Fields of the messages AnalyzeRequest and AnalyzerResource, which have these in common, and of AnalyzeStackRequest
// (pulumi/analyzer.proto), as tags.
const type = 0x0a;
const properties = 0x12;
const urn = 0x1a;
const name = 0x22;
const stackResource = 0x0a;

/** The resource of an AnalyzeRequest. */
export function readAnalyzeRequest(bytes: Buffer): EngineResource {
  return readResource(new WireReader(bytes));
}

/** The resources of an AnalyzeStackRequest. */
export function readAnalyzeStackRequest(bytes: Buffer): readonly EngineResource[] {
  const message = new WireReader(bytes);
  const resources: EngineResource[] = [];
  for (let tag = message.next(); tag !== 0; tag = message.next())
    if (tag === stackResource) resources.push(readResource(message.message()));
    else message.skip(tag);
  return resources;
}

function readResource(message: WireReader): EngineResource {
  const resource = { type: '', name: '', urn: '', props: {} as unknown };
  for (let tag = message.next(); tag !== 0; tag = message.next())
    if (tag === type) resource.type = message.text();
    else if (tag === properties) resource.props = readStruct(message.message());
    else if (tag === urn) resource.urn = message.text();
    else if (tag === name) resource.name = message.text();
    else message.skip(tag);
  return resource;
}
