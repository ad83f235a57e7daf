import messages from '@pulumi/pulumi/proto/analyzer_pb.js';
import fc from 'fast-check';
import structs from 'google-protobuf/google/protobuf/struct_pb.js';
import { describe, expect, it } from 'vitest';
import { readAnalyzeRequest, readAnalyzeStackRequest } from '../../../../../policies/pulumi/analyzer/readResources.ts';

type Values = Record<string, structs.JavaScriptValue>;

const facts = { type: 'kubernetes:v1:Pod', name: 'web', urn: 'urn:pulumi:dev::shop::kubernetes:v1:Pod::web' };
const marker = '4dabf18193072939515e22adb298388d';
const secret = '1b47061264138c4ac30d75fd1eb44270';

function encoded(props: Values, name = facts.name): Buffer {
  return Buffer.from(request(new messages.AnalyzeRequest(), props, name).serializeBinary());
}

/** With every field that the engine fills in, so that others than those which are read stand between them. */
function request<Request extends messages.AnalyzeRequest | messages.AnalyzerResource>(
  message: Request,
  props: Values,
  name: string,
): Request {
  message.setType(facts.type);
  message.setName(name);
  message.setUrn(facts.urn);
  message.setProperties(structs.Struct.fromJavaScript(props));
  message.setOptions(new messages.AnalyzerResourceOptions().setProtect(true).setIgnorechangesList(['spec']));
  message.setProvider(
    new messages.AnalyzerProviderResource().setName('cluster').setType('pulumi:providers:kubernetes'),
  );
  return message;
}

// What writes the requests here loses the name "__proto__", which has a case of its own.
const mappings = fc
  .dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' }))
  .map((mapping) => JSON.stringify(mapping))
  .filter((json) => !json.includes('__proto__'))
  .map((json) => JSON.parse(json) as Values);

describe('a request of the engine', () => {
  it('is read as what it says', () => {
    const props = {
      apiVersion: 'v1',
      spec: { replicas: 3, paused: false, containers: [{ name: 'ä' }, null, -0.5, []] },
    };
    expect(readAnalyzeRequest(encoded(props))).toEqual({ ...facts, props });
  });

  it('is read as what it says, whatever that is', () => {
    fc.assert(
      fc.property(mappings, (props) => {
        expect(readAnalyzeRequest(encoded(props)).props).toEqual(props);
      }),
    );
  });

  it('with several resources is read as each of them', () => {
    const message = new messages.AnalyzeStackRequest().setResourcesList(
      ['one', 'two'].map((name) =>
        request(new messages.AnalyzerResource(), { spec: { name } }, name)
          .setParent('stack')
          .setDependenciesList(['x']),
      ),
    );
    expect(readAnalyzeStackRequest(Buffer.from(message.serializeBinary()))).toEqual(
      ['one', 'two'].map((name) => ({ ...facts, name, props: { spec: { name } } })),
    );
  });

  it('without properties has none', () => {
    const message = new messages.AnalyzeRequest().setType(facts.type);
    expect(readAnalyzeRequest(Buffer.from(message.serializeBinary()))).toEqual({
      type: facts.type,
      name: '',
      urn: '',
      props: {},
    });
    expect(readAnalyzeStackRequest(Buffer.alloc(0))).toEqual([]);
  });

  it('holds what a program keeps secret as it is', () => {
    const inside = { [marker]: secret, value: { password: { [marker]: secret, value: ['a'] } } };
    expect(readAnalyzeRequest(encoded({ data: inside })).props).toEqual({ data: { password: ['a'] } });
  });

  it('holds an asset as the mapping that it is', () => {
    const asset = { [marker]: 'c44067f5952c0a294b673a41bacd8c17', text: 'a' };
    expect(readAnalyzeRequest(encoded({ asset })).props).toEqual({ asset });
  });

  it('makes no name of a mapping into anything but its own', () => {
    const bytes = encoded({ '--proto--': { replicas: 1 } });
    bytes.write('__proto__', bytes.indexOf('--proto--'));
    const { props } = readAnalyzeRequest(bytes);
    expect(Object.keys(Object(props) as object)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(props)).toBe(Object.prototype);
  });

  it('is refused where it ends in the middle of a field', () => {
    const whole = encoded({ spec: { replicas: 3 } });
    // Field by field it could end earlier: 3 bytes before the end are within the last one.
    expect(() => readAnalyzeRequest(whole.subarray(0, whole.length - 3))).toThrow(
      new RangeError('a message ends in the middle of a field'),
    );
  });

  it('may have fields of any encoding that nobody knows, and none of others', () => {
    const known = encoded({});
    const unknown = [
      [0x78, 0xff, 0x01],
      [0x79, 1, 2, 3, 4, 5, 6, 7, 8],
      [0x7a, 2, 1, 2],
      [0x7d, 1, 2, 3, 4],
    ];
    for (const bytes of unknown)
      expect(readAnalyzeRequest(Buffer.concat([Buffer.from(bytes), known]))).toEqual({ ...facts, props: {} });
    expect(() => readAnalyzeRequest(Buffer.from([0x7b]))).toThrow('a field is encoded as 3: no message has that');
  });
});
