import { describe, expect, it } from 'vitest';
import { containerPorts } from '../../../../../policies/rules/container/containerPorts.ts';
import { duplicatePorts } from '../../../../../policies/rules/container/duplicatePorts.ts';
import { privilegedPorts } from '../../../../../policies/rules/container/privilegedPorts.ts';
import { findingsOf } from '../../../../support/problemsOf.ts';
import { podsOfKind, problemsIn } from './containerFixtures.ts';

describe('container-ports', () => {
  const number = 'it must be a number of 1 to 65535';
  const name = 'it must be at most 15 of a-z, 0-9 and single dashes, a letter among them, no dash at its ends';

  it.each([
    { containerPort: 1 },
    { containerPort: 65_535, protocol: 'SCTP' },
    { containerPort: 80, name: 'a' },
    { containerPort: 80, name: 'model-proto-123' },
    { containerPort: 80, name: '0-a' },
    { containerPort: 80, name: '', protocol: '' },
    { containerPort: 80, name: null, protocol: null },
  ])('lets %j pass', (port) => {
    expect(problemsIn(containerPorts, { ports: [port] })).toEqual([]);
  });

  it.each([
    [{}, `ports[0].containerPort is missing: ${number}`],
    [null, `ports[0].containerPort is missing: ${number}`],
    [{ containerPort: 0 }, `ports[0].containerPort is 0: ${number}`],
    [{ containerPort: 65_536 }, `ports[0].containerPort is 65536: ${number}`],
    [{ containerPort: '80' }, `ports[0].containerPort is "80": ${number}`],
    [{ containerPort: 80.5 }, `ports[0].containerPort is 80.5: ${number}`],
    [{ containerPort: 80, protocol: 'HTTP' }, 'ports[0].protocol is "HTTP": it must be one of TCP, UDP, SCTP'],
    [{ containerPort: 80, protocol: 'tcp' }, 'ports[0].protocol is "tcp": it must be one of TCP, UDP, SCTP'],
    [{ containerPort: 80, name: 'model-proto-1234' }, `ports[0].name is "model-proto-1234": ${name}`],
    [{ containerPort: 80, name: '80' }, `ports[0].name is "80": ${name}`],
    [{ containerPort: 80, name: 'Web' }, `ports[0].name is "Web": ${name}`],
    [{ containerPort: 80, name: 'a--b' }, `ports[0].name is "a--b": ${name}`],
    [{ containerPort: 80, name: '-a' }, `ports[0].name is "-a": ${name}`],
    [{ containerPort: 80, name: 'a-' }, `ports[0].name is "a-": ${name}`],
    [{ containerPort: 80, name: 'a_b' }, `ports[0].name is "a_b": ${name}`],
    [{ containerPort: 80, name: 80 }, `ports[0].name is 80: ${name}`],
  ])('finds what the API server refuses: %j', (port, problem) => {
    expect(problemsIn(containerPorts, { ports: [port] })).toEqual([problem]);
  });

  it('finds a name twice in one container, of whatever protocol, and not in two', () => {
    const dns = [
      { name: 'dns', containerPort: 53 },
      { name: 'dns', containerPort: 53, protocol: 'UDP' },
    ];
    const object = podsOfKind('Pod', {
      containers: [
        { name: 'a', ports: dns },
        { name: 'b', ports: dns.slice(1) },
      ],
    });
    expect(findingsOf(containerPorts, [object]).map(({ path, problem }) => `${path} ${problem}`)).toEqual([
      'spec.containers[0].ports[1].name is "dns", as ports[0].name is: it must be another one',
    ]);
  });
});

describe('duplicate-ports', () => {
  const pod = (...containers: readonly unknown[][]) =>
    podsOfKind('Pod', { containers: containers.map((ports, index) => ({ name: `c${index}`, ports })) });
  const problems = (...containers: readonly unknown[][]) =>
    findingsOf(duplicatePorts, [pod(...containers)]).map(({ path, problem }) => `${path} ${problem}`);

  it('finds a number twice, the default protocol included, and says where it is for the first time', () => {
    const first = [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }];
    expect(problems(first, [{ containerPort: 81 }, { containerPort: 80, protocol: 'TCP' }])).toEqual([
      'spec.containers[1].ports[1].containerPort is 80 (TCP), as that of container "c0", ports[0] is: it must be another one',
    ]);
  });

  it('finds a name of one protocol in two containers', () => {
    const [http, other] = [
      { name: 'http', containerPort: 80 },
      { name: 'http', containerPort: 81, protocol: 'UDP' },
    ];
    expect(problems([http], [other], [{ name: 'http', containerPort: 82 }])).toEqual([
      'spec.containers[2].ports[0].name is "http", as that of container "c0", ports[0] is: it must be another one',
    ]);
  });

  it('says one thing of a port whose number and name are both there already', () => {
    const port = { name: 'http', containerPort: 80 };
    expect(problems([port], [port])).toHaveLength(1);
  });

  it('leaves two names in one container to container-ports', () => {
    expect(
      problems([
        { name: 'a', containerPort: 1 },
        { name: 'a', containerPort: 2 },
      ]),
    ).toEqual([]);
  });

  it('lets one port be opened on two of the node', () => {
    expect(
      problems([
        { containerPort: 80, hostPort: 80 },
        { containerPort: 80, hostPort: 8080 },
      ]),
    ).toEqual([]);
  });

  it('compares sidecars with main containers, and init containers that end with nothing but themselves', () => {
    const ports = [{ containerPort: 80 }];
    const object = podsOfKind('Deployment', {
      initContainers: [
        { name: 'first', ports },
        { name: 'second', ports: [...ports, ...ports] },
        { name: 'proxy', restartPolicy: 'Always', ports },
      ],
      containers: [{ name: 'web', ports }],
    });
    expect(findingsOf(duplicatePorts, [object]).map(({ container, problem }) => [container, problem])).toEqual([
      ['second', 'is 80 (TCP), as that of container "second", ports[0] is: it must be another one'],
      ['web', 'is 80 (TCP), as that of container "proxy", ports[0] is: it must be another one'],
    ]);
  });

  it('starts anew with each object', () => {
    expect(findingsOf(duplicatePorts, [pod([{ containerPort: 80 }]), pod([{ containerPort: 80 }])])).toEqual([]);
  });
});

describe('privileged-ports', () => {
  it.each([
    [1023, undefined, ['ports[0].containerPort is 1023: it must be 1024 or above']],
    [1024, undefined, []],
    [22, undefined, ['ports[0].containerPort is 22 (SSH, a shell into the container): it must be 1024 or above']],
    [22, 'UDP', ['ports[0].containerPort is 22: it must be 1024 or above']],
    [0, undefined, []],
    ['80', undefined, []],
  ])('compares %s with 1024', (containerPort, protocol, problems) => {
    expect(problemsIn(privilegedPorts, { ports: [{ containerPort, protocol }] })).toEqual(problems);
  });

  it.each([
    [1024, 8080],
    [9000, 9000],
  ])('takes the lowest number of a configuration: %d', (lowest, proposed) => {
    const object = podsOfKind('Pod', { containers: [{ name: 'web', ports: [{ containerPort: 80 }] }] });
    expect(findingsOf(privilegedPorts, [object], { lowest })).toMatchObject([
      {
        problem: `is 80: it must be ${lowest} or above`,
        fix: `ports: [{ containerPort: ${proposed} }], which a Service can offer as 80`,
      },
    ]);
  });
});
