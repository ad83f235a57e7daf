/** A control of the Pod Security Standards, as the API server and as our rules call it. */
export interface PodSecurityControl {
  /** Name of our rule. */
  readonly rule: string;
  readonly level: 'baseline' | 'restricted';
  /** What the API server says where it is broken, before the details in brackets. */
  readonly reason: string;
  /** The rule of a baseline control that this one takes the place of in a restricted namespace. */
  readonly replaces?: string;
}

/** The levels that a namespace can enforce. */
export type PodSecurityLevel = PodSecurityControl['level'];

/** Every control of Kubernetes 1.34. */
export const podSecurityControls: readonly PodSecurityControl[] = [
  { rule: 'host-process', level: 'baseline', reason: 'hostProcess' },
  { rule: 'host-namespaces', level: 'baseline', reason: 'host namespaces' },
  { rule: 'privileged-containers', level: 'baseline', reason: 'privileged' },
  { rule: 'capabilities-baseline', level: 'baseline', reason: 'non-default capabilities' },
  { rule: 'host-path-volumes', level: 'baseline', reason: 'hostPath volumes' },
  { rule: 'host-ports', level: 'baseline', reason: 'hostPort' },
  { rule: 'host-probes', level: 'baseline', reason: 'probe or lifecycle host' },
  { rule: 'app-armor', level: 'baseline', reason: 'forbidden AppArmor profile' },
  { rule: 'se-linux', level: 'baseline', reason: 'seLinuxOptions' },
  { rule: 'proc-mount', level: 'baseline', reason: 'procMount' },
  { rule: 'seccomp-baseline', level: 'baseline', reason: 'seccompProfile' },
  { rule: 'sysctls', level: 'baseline', reason: 'forbidden sysctls' },
  { rule: 'volume-types', level: 'restricted', reason: 'restricted volume types', replaces: 'host-path-volumes' },
  { rule: 'privilege-escalation', level: 'restricted', reason: 'allowPrivilegeEscalation != false' },
  { rule: 'run-as-non-root', level: 'restricted', reason: 'runAsNonRoot != true' },
  { rule: 'run-as-user', level: 'restricted', reason: 'runAsUser=0' },
  { rule: 'seccomp-restricted', level: 'restricted', reason: 'seccompProfile', replaces: 'seccomp-baseline' },
  {
    rule: 'capabilities-restricted',
    level: 'restricted',
    reason: 'unrestricted capabilities',
    replaces: 'capabilities-baseline',
  },
];

/** The controls that a namespace of a level asks for. */
export function controlsOf(level: PodSecurityLevel): readonly PodSecurityControl[] {
  const baseline = podSecurityControls.filter((control) => control.level === 'baseline');
  if (level === 'baseline') return baseline;
  const replaced = new Set(podSecurityControls.map(({ replaces }) => replaces));
  return podSecurityControls.filter(({ rule }) => !replaced.has(rule));
}

/**
 * The rules whose controls the API server names in a refusal or a warning, in the controls' order.
 *
 * @param message - `pods "a" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true), hostPort (...)`.
 * @throws Error for a reason that is no control's.
 */
export function controlsNamed(message: string, level: PodSecurityLevel): readonly string[] {
  const [, found = ''] = new RegExp(`violates? PodSecurity "${level}:latest": (.*)$`, 's').exec(message) ?? [];
  const reasons = withoutDetails(found).map((reason) => reason.replace(/profiles$/, 'profile'));
  const controls = controlsOf(level);
  const strange = reasons.filter((reason) => !controls.some((control) => control.reason === reason));
  if (strange.length > 0) throw new Error(`no control of "${level}" is called ${strange.join(', ')}: ${message}`);
  return controls.filter(({ reason }) => reasons.includes(reason)).map(({ rule }) => rule);
}

function withoutDetails(found: string): readonly string[] {
  let depth = 0;
  let reasons = '';
  for (const character of found) {
    if (character === ')') depth -= 1;
    if (depth === 0 && character !== '(' && character !== ')') reasons += character;
    if (character === '(') depth += 1;
  }
  return reasons
    .split(',')
    .map((reason) => reason.trim())
    .filter((reason) => reason !== '');
}
