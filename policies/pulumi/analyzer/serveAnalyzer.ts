import {
  Server,
  ServerCredentials,
  type MethodDefinition,
  type sendUnaryData,
  type ServerUnaryCall,
} from '@grpc/grpc-js';
import services from '@pulumi/pulumi/proto/analyzer_grpc_pb.js';
import messages from '@pulumi/pulumi/proto/analyzer_pb.js';
import pluginMessages from '@pulumi/pulumi/proto/plugin_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import type { EngineResource } from '../objectsOfResource.ts';
import { readAnalyzeRequest, readAnalyzeStackRequest } from './readResources.ts';

/** What answers the engine. Whatever it throws is what the engine hears. */
export interface Analyzer {
  readonly version: string;
  readonly info: () => messages.AnalyzerInfo;
  /** How the policies are to be applied. */
  readonly configure: (request: messages.ConfigureAnalyzerRequest) => void;
  /** What is wrong with a resource by itself. */
  readonly analyze: (resource: EngineResource) => readonly messages.AnalyzeDiagnostic[];
  /** What is wrong with resources together. */
  readonly analyzeStack: (resources: readonly EngineResource[]) => readonly messages.AnalyzeDiagnostic[];
}

/** A server that the engine can ask. */
export interface AnalyzerServer {
  readonly port: number;
  readonly close: () => void;
}

const { analyze, analyzeStack, getAnalyzerInfo, getPluginInfo, configure, configureStack } = services.AnalyzerService;

/**
 * Serves Pulumi's protocol for policy packs (pulumi/analyzer.proto) to whoever is on this machine. The server of @pulumi/policy 1.21 does
 * it too, but unpacks a resource anew for each policy, and by a way that takes a millisecond for a Deployment. There is no method
 * `remediate`: the engine goes on without it, and needs no answer for every resource.
 */
export async function serveAnalyzer(analyzer: Analyzer): Promise<AnalyzerServer> {
  const server = new Server({ 'grpc.max_receive_message_length': -1 });
  server.addService(
    {
      getAnalyzerInfo,
      getPluginInfo,
      configure,
      configureStack,
      analyze: readingBy(readAnalyzeRequest, analyze),
      analyzeStack: readingBy(readAnalyzeStackRequest, analyzeStack),
    },
    {
      getAnalyzerInfo: answering(() => analyzer.info()),
      getPluginInfo: answering(() => new pluginMessages.PluginInfo().setVersion(analyzer.version)),
      configure: answering((request: messages.ConfigureAnalyzerRequest) => {
        analyzer.configure(request);
        return new empty.Empty();
      }),
      configureStack: answering(() => new messages.AnalyzerStackConfigureResponse()),
      analyze: answering((resource: EngineResource) => response(analyzer.analyze(resource))),
      analyzeStack: answering((resources: readonly EngineResource[]) => response(analyzer.analyzeStack(resources))),
    },
  );
  const port = await bind(server);
  return { port, close: () => server.forceShutdown() };
}

type Answered<Response> = Pick<
  MethodDefinition<never, Response>,
  'path' | 'requestStream' | 'responseStream' | 'responseSerialize' | 'responseDeserialize'
>;

/** A method whose requests are read our way. */
function readingBy<Request, Response>(
  read: (bytes: Buffer) => Request,
  method: Answered<Response>,
): MethodDefinition<Request, Response> {
  const requestSerialize = (): never => {
    throw new TypeError('a server sends no requests');
  };
  return { ...method, requestSerialize, requestDeserialize: read };
}

function answering<Request, Response>(answer: (request: Request) => Response) {
  return ({ request }: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    let answered: Response;
    try {
      answered = answer(request);
    } catch (error) {
      callback(error instanceof Error ? new Error(error.stack) : new Error(String(error)));
      return;
    }
    callback(null, answered);
  };
}

function response(diagnostics: readonly messages.AnalyzeDiagnostic[]): messages.AnalyzeResponse {
  return new messages.AnalyzeResponse().setDiagnosticsList([...diagnostics]);
}

function bind(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    );
  });
}
