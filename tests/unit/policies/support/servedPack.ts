import { credentials } from '@grpc/grpc-js';
import { PolicyPack, type ResourceValidationPolicy, type StackValidationPolicy } from '@pulumi/policy';
import services from '@pulumi/pulumi/proto/analyzer_grpc_pb.js';
import messages from '@pulumi/pulumi/proto/analyzer_pb.js';
import emptyMessages from 'google-protobuf/google/protobuf/empty_pb.js';
import structs from 'google-protobuf/google/protobuf/struct_pb.js';
import type { Level } from '../../../../policies/rule.ts';

type Values = Readonly<Record<string, structs.JavaScriptValue>>;

/** A resource as a program declares it. */
export interface DeclaredResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Values;
}

/** What a policy said to the engine. */
export interface Diagnostic {
  readonly policy: string;
  readonly message: string;
  readonly level: Level;
  readonly urn: string;
}

/** What the engine hears of a policy before it asks it anything. */
export interface PolicyInfo {
  readonly name: string;
  readonly description: string;
  readonly level: Level;
  readonly stack: boolean;
  readonly url: string;
  readonly severity: number;
  readonly settings: unknown;
}

const { ADVISORY, MANDATORY, DISABLED } = messages.EnforcementLevel;
const levels = { advisory: ADVISORY, mandatory: MANDATORY, disabled: DISABLED } as const;

/**
 * A pack behind @pulumi/policy's own server, asked as the engine asks it. A process can serve one pack only, and does so until it ends.
 */
export class ServedPack {
  readonly #client: services.AnalyzerClient;

  private constructor(port: string) {
    this.#client = new services.AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
  }

  static async start(policies: (ResourceValidationPolicy | StackValidationPolicy)[]): Promise<ServedPack> {
    // The server tells its port on standard output, as the engine expects.
    const log = console.log;
    const port = new Promise<string>((resolve) => (console.log = resolve));
    try {
      new PolicyPack('test', { policies });
      return new ServedPack(await port);
    } finally {
      console.log = log;
    }
  }

  /** What the engine says of policies in its configuration; each has a level, as the engine fills it in. */
  async configure(
    settings: Readonly<Record<string, { readonly level: Level; readonly [setting: string]: unknown }>>,
  ): Promise<void> {
    const request = new messages.ConfigureAnalyzerRequest();
    for (const [name, { level, ...properties }] of Object.entries(settings)) {
      const policy = new messages.PolicyConfig();
      policy.setEnforcementlevel(levels[level]).setProperties(structs.Struct.fromJavaScript(plain(properties)));
      request.getPolicyconfigMap().set(name, policy);
    }
    await answer<unknown>((callback) => this.#client.configure(request, callback));
  }

  async info(): Promise<readonly PolicyInfo[]> {
    const info = await answer<messages.AnalyzerInfo>((callback) =>
      this.#client.getAnalyzerInfo(new emptyMessages.Empty(), callback),
    );
    return info.getPoliciesList().map((policy) => ({
      name: policy.getName(),
      description: policy.getDescription(),
      level: levelOf(policy.getEnforcementlevel()),
      stack: policy.getPolicyType() === messages.PolicyType.POLICY_TYPE_STACK,
      url: policy.getUrl(),
      severity: policy.getSeverity(),
      settings: policy.getConfigschema()?.getProperties()?.toJavaScript(),
    }));
  }

  async analyze(resource: DeclaredResource): Promise<readonly Diagnostic[]> {
    const request = described(new messages.AnalyzeRequest(), resource);
    return diagnostics(await answer((callback) => this.#client.analyze(request, callback)));
  }

  async analyzeStack(resources: readonly DeclaredResource[]): Promise<readonly Diagnostic[]> {
    const request = new messages.AnalyzeStackRequest();
    request.setResourcesList(resources.map((resource) => described(new messages.AnalyzerResource(), resource)));
    return diagnostics(await answer((callback) => this.#client.analyzeStack(request, callback)));
  }

  close(): void {
    this.#client.close();
  }
}

/** The URN of a resource that is declared. */
export function urnOf({ type, name }: Pick<DeclaredResource, 'type' | 'name'>): string {
  return `urn:pulumi:dev::test::${type}::${name}`;
}

function described<Request extends messages.AnalyzeRequest | messages.AnalyzerResource>(
  request: Request,
  resource: DeclaredResource,
): Request {
  request.setType(resource.type);
  request.setName(resource.name);
  request.setUrn(urnOf(resource));
  request.setOptions(new messages.AnalyzerResourceOptions());
  request.setProperties(structs.Struct.fromJavaScript(resource.inputs));
  return request;
}

function diagnostics(response: messages.AnalyzeResponse): readonly Diagnostic[] {
  return response.getDiagnosticsList().map((diagnostic) => ({
    policy: diagnostic.getPolicyname(),
    message: diagnostic.getMessage(),
    level: levelOf(diagnostic.getEnforcementlevel()),
    urn: diagnostic.getUrn(),
  }));
}

function levelOf(enforcement: messages.EnforcementLevel): Level {
  if (enforcement === DISABLED) return 'disabled';
  return enforcement === ADVISORY ? 'advisory' : 'mandatory';
}

function plain(value: unknown): Values {
  return JSON.parse(JSON.stringify(value)) as Values;
}

function answer<Response>(
  call: (callback: (error: Error | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    call((error, response) => (error === null ? resolve(response) : reject(error)));
  });
}
