import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ApiException } from '@kubernetes/client-node';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { parseSamplingDocument } from '../../../infra/schema/samplingDocument.ts';
import { parseStackArguments, parseStackConfig } from '../../../infra/schema/parseStackConfig.ts';
import { StackConfigError } from '../../../infra/schema/stackConfigError.ts';
import { allRules } from '../../../policies/rules/allRules.ts';
import { parseAuditReport } from '../../../tools/check/advisories/auditReport.ts';
import { parseApiPort } from '../../../tools/cluster/apiPort.ts';
import { parseClusterName } from '../../../tools/cluster/clusterName.ts';
import { readBackendStacks } from '../../../tools/cluster/clusterStacks.ts';
import { parseClusterState, readClusterState } from '../../../tools/cluster/clusterState.ts';
import { InvalidApiPortError } from '../../../tools/cluster/errors/invalidApiPortError.ts';
import { InvalidClusterNameError } from '../../../tools/cluster/errors/invalidClusterNameError.ts';
import { parseForwarderRecord } from '../../../tools/cluster/forwarder/forwarderRecord.ts';
import { parseRoutes } from '../../../tools/cluster/hostNetwork.ts';
import { parseImageList } from '../../../tools/cluster/imageStore.ts';
import { parseIpv4Block } from '../../../tools/cluster/linkAddress.ts';
import { parseHttpAnswer } from '../../../tools/cluster/nodeHealth.ts';
import { readGatewayRecord } from '../../../tools/gateway/gatewayRecord.ts';
import { lastWaitingLine, parseLogEntry, shorten, tellingLine } from '../../../tools/kube/logLines.ts';
import { parsePolicyOptions } from '../../../tools/policy/options.ts';
import { parseManifest } from '../../../tools/policy/manifests/parseManifest.ts';
import { CredentialsNeededError, plainStackFile } from '../../../tools/policy/stacks/plainStackFile.ts';
import { PolicyConfigurationError } from '../../../tools/policyConfiguration/configurationError.ts';
import { readPolicyConfiguration } from '../../../tools/policyConfiguration/readPolicyConfiguration.ts';
import { identifyProcess, parseProcessIdentity } from '../../../tools/process/processIdentity.ts';
import { OptionError, parseStackOptions, type RawUpOptions } from '../../../tools/stack/options.ts';
import { readStackConfigFile, StackConfigFileError } from '../../../tools/stack/stackConfigFile.ts';
import { countTests } from '../../../tools/test/testCounts.ts';
import { readStackOutputs, StackOutputsError } from '../../../tools/up/readStackOutputs.ts';
import { samplingProblem } from '../../../tools/up/samplingProblem.ts';
import { parseValidateOptions } from '../../../tools/validate/options.ts';
import { describeRefusal } from '../../../tools/validate/refusal.ts';
import { fuzz, fuzzText, fuzzValue } from '../../support/fuzzParser.ts';
import { anyValue, damagedValue, hostileText, SECRET } from '../../support/hostileArbitraries.ts';

const checkout = fileURLToPath(new URL('../../..', import.meta.url));
const identity = { pid: 700, startTime: '123', bootId: 'boot' };
const state = {
  name: 'dev',
  checkout: '/w',
  apiPort: 6443,
  link: { hostAddress: '10.0.0.1', nodeAddress: '10.0.0.2' },
  nodeCount: 1,
};
const routes =
  'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\neth0\t0000A8C0\t0\t1\t0\t0\t0\t00FFFFFF\n';
const sampling =
  'default: { type: probabilistic, param: 0.1 }\nservices: [{ service: a, type: ratelimiting, param: 5 }]\n';
const manifest =
  'apiVersion: v1\nkind: List\nitems:\n  - { apiVersion: v1, kind: Service, metadata: { name: a }, spec: &a { ports: [] } }\n';

// Control characters, and what reorders a line.
const unprintable = /[\p{Cc}\u202A-\u202E]/u;

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tracewright-fuzz-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** A file with that text. */
function fileWith(text: string): string {
  const file = join(directory, 'input');
  writeFileSync(file, text);
  return file;
}

describe('what people write', () => {
  it('a configuration of policies is read, or all its mistakes are told', async () => {
    const sound = readFileSync(join(checkout, 'policy.yaml'), 'utf8');
    // A schema is made anew each time: with all rules, that is most of the time.
    const few = allRules.slice(0, 3);
    await fuzzText([sound, 'rules: {}\n'], (text) => readPolicyConfiguration(text, 'policy.yaml', few), {
      throws: [PolicyConfigurationError],
      runs: 10,
    });
  });

  it('manifests are read, document by document, and what cannot be read is told', async () => {
    await fuzzText([manifest], (text) => parseManifest(text, 'a.yaml'));
  });

  it('a sampling document gives strategies or problems', async () => {
    await fuzzText([sampling], (text) => parseSamplingDocument(text, 'sampling.yaml'));
  });

  it("a stack's configuration file is read, or told to be of another form", async () => {
    const sound = readFileSync(join(checkout, 'Pulumi.prod.yaml'), 'utf8');
    await fuzzText([sound], (text) => readStackConfigFile(fileWith(text), 'prod', directory), {
      throws: [StackConfigError, StackConfigFileError],
      runs: 20,
    });
  });

  it('a configuration of any values is one, or all that is wrong with it is told', async () => {
    const sound = {
      'tracewright:environment': 'dev',
      'tracewright:collector': { replicas: 2 },
      'tracewright:storage': { password: 'x' },
    };
    const parse = (value: unknown): unknown => parseStackConfig({ ...Object(value) } as Record<string, unknown>, 'dev');
    const promise = { throws: [StackConfigError], runs: 20 };
    await fuzzValue([sound], parse, promise);
    const args = { environment: 'dev', collector: { replicas: 2 }, storage: { password: 'x' } };
    const parseArguments = (value: unknown): unknown =>
      parseStackArguments({ ...Object(value) } as Record<string, unknown>, 'dev');
    await fuzz([args], damagedValue([args], anyValue), parseArguments, promise);
  });

  it("a stack's file is made readable without credentials, or it is told why not", async () => {
    const sound = 'encryptionsalt: v1\nconfig:\n  tracewright:storage: { password: { secure: x } }\n';
    await fuzzText([sound], (text) => plainStackFile(text, 'Pulumi.prod.yaml', 'prod'), {
      throws: [CredentialsNeededError, StackConfigFileError],
    });
  });

  it('options of the commands are taken, or refused by name', async () => {
    const raw: RawUpOptions = { stack: 'dev', cluster: 'dev', apiPort: '6443', uiPort: '1', pagePort: '2' };
    const changes = fc.dictionary(fc.constantFrom(...Object.keys(raw), 'context', 'outputsFile'), hostileText);
    await fuzz([{}], changes, (change) => parseStackOptions({ ...raw, ...change }, directory), {
      throws: [OptionError, InvalidClusterNameError, InvalidApiPortError],
    });
    await fuzzText(['sarif=a'], (report) => parsePolicyOptions({ manifests: ['a'], report: [report] }, directory), {
      throws: [OptionError],
    });
    await fuzzText(
      ['http://127.0.0.1:9090/', `http://a:${SECRET}@b/`],
      (prometheus) => parseValidateOptions({ stack: 'dev', cluster: 'dev', prometheus }, directory),
      { throws: [OptionError] },
    );
  });

  it('names, ports and addresses are taken, or refused with what is allowed', async () => {
    await fuzzText(['dev'], parseClusterName, { throws: [InvalidClusterNameError] });
    await fuzzText(['6443'], parseApiPort, { throws: [InvalidApiPortError] });
    await fuzzText(['10.0.0.0/8', '1.2.3.4'], parseIpv4Block, { throws: [/is not an IPv4 (block|address)/] });
  });
});

describe('what machines answer', () => {
  it("a stack's outputs are what the program gives, or are refused", async () => {
    const sound = { namespace: 'tracing', agent: { host: 'h' }, environment: { A: 'b' }, query: { url: 'u' } };
    await fuzzValue([sound], readStackOutputs, { throws: [StackOutputsError], mayQuote: false });
  });

  it('lines of logs are told on one short line that no terminal obeys', async () => {
    const lines = [
      '{"level":"fatal","msg":"no","error":"e","stacktrace":"s"}',
      'waiting: x\npanic: y',
      '\u001B[31mred',
    ];
    await fuzzText(lines, (log) => {
      const told = [tellingLine(log), lastWaitingLine(log), shorten(log)].filter((each) => each !== undefined);
      if (told.some((line) => line.length > 220 || unprintable.test(line))) throw new Error(`told as ${told.join()}`);
      return parseLogEntry(log);
    });
  });

  it('whatever a request to the API server ends with is described', async () => {
    await fuzz(
      [{ body: '{"message":1}', code: 403 }],
      fc.oneof(
        anyValue,
        hostileText.map((body) => new ApiException(403, 'no', body, {})),
      ),
      describeRefusal,
    );
  });

  it('a ConfigMap of strategies that somebody changed is described', async () => {
    const sound = '{"default_strategy":{"type":"probabilistic","param":1},"service_strategies":[]}';
    await fuzzText([sound], (text) => samplingProblem({ 'strategies.json': text }));
  });

  it('tables of programs and of the kernel are read as far as they are such', async () => {
    await fuzzText([routes], (table) => parseRoutes(table, 'lo'));
    await fuzzText(['REF TYPE DIGEST LABELS\na/b:1 t sha256:0 io.cri-containerd.image=managed\n'], parseImageList);
    await fuzzText(['7 (a (b) c) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 99 0 0'], (stat) =>
      identifyProcess(7, () => stat),
    );
    await fuzzText(['HTTP/1.1 200 OK\r\nA: b\r\n\r\nok'], parseHttpAnswer, { throws: [/^no HTTP answer: /] });
  });

  it('reports of tests and of npm are read, or refused as none', async () => {
    const report = JSON.stringify({ numPassedTests: 1, numTotalTests: 1, testResults: [] });
    await fuzzText([report], countTests, { throws: [/^not a JSON report of vitest$/] });
    const audit = JSON.stringify({ auditReportVersion: 2, vulnerabilities: { a: { via: ['b'], nodes: [] } } });
    await fuzzText([audit], parseAuditReport, { throws: [/^npm audit printed neither a report nor an error: /] });
  });
});

describe('what the tools themselves wrote, and somebody damaged', () => {
  it.each([
    ['the state of a cluster', state, parseClusterState],
    [
      'the record of a forwarder',
      { process: identity, port: 1, targetAddress: 'a', targetPort: 2 },
      parseForwarderRecord,
    ],
    ['the identity of a process', identity, parseProcessIdentity],
  ] as const)('%s is read, or is as good as none', async (_what, sound, parse) => {
    await fuzzValue([sound], parse);
  });

  it('files of state are read, or are as good as none', async () => {
    const gateway = { process: identity, port: 1, basePath: '' };
    await fuzzText([JSON.stringify(state), JSON.stringify(gateway)], (text) => [
      readClusterState(fileWith(text)),
      readGatewayRecord(fileWith(text)),
    ]);
  });

  it('a checkpoint of the engine that cannot be read may protect anything', async () => {
    const stacks = join(directory, 'pulumi', 'state', '.pulumi', 'stacks', 'tracewright');
    mkdirSync(stacks, { recursive: true });
    const sound = { checkpoint: { latest: { resources: [{ urn: 'urn:pulumi:a::b::c::d', protect: true }] } } };
    await fuzzText([JSON.stringify(sound)], (text) => {
      writeFileSync(join(stacks, 'dev.json'), text);
      return readBackendStacks(directory);
    });
  });
});
