import { entries, field, isPresent, number, text } from '../../kubernetes/fields.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { portsOf } from './containerPort.ts';

/** The probes that a container can have. */
export const probeNames = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const;

/** One of them. */
export type ProbeName = (typeof probeNames)[number];

/** How a probe can ask; it must have exactly one. */
export const probeHandlers = ['httpGet', 'tcpSocket', 'exec', 'grpc'] as const;

/** One of them. */
export type ProbeHandler = (typeof probeHandlers)[number];

/** A probe that a container declares. */
export interface Probe {
  readonly name: ProbeName;
  /** The probe as it was declared. */
  readonly spec: unknown;
}

/** What the API server fills in (pkg/apis/core/v1/defaults.go, SetDefaults_Probe): it takes 0 for nothing. */
export const probeDefaults = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
} as const;

/** A number of a probe that the API server fills in. */
export type ProbeNumber = keyof typeof probeDefaults;

/** The probes of a container that can have some: init containers that end, and ephemeral ones, cannot. @throws UnknownFieldError */
export function probesOf({ role, spec }: Container): readonly Probe[] {
  return role === 'init' || role === 'ephemeral' ? [] : declaredProbes(spec);
}

/** The probes that are written, whether the container can have some or not. @throws UnknownFieldError */
export function declaredProbes(container: unknown): readonly Probe[] {
  return probeNames
    .map((name) => ({ name, spec: field(container, name) }))
    .filter(({ spec: probe }) => isPresent(probe));
}

/** The ways in which a probe asks, as they are declared. @throws UnknownFieldError */
export function handlersOf(probe: unknown): readonly ProbeHandler[] {
  return probeHandlers.filter((handler) => isPresent(field(probe, handler)));
}

/** A number of a probe, or what the API server fills in. @throws UnknownFieldError */
export function probeNumber(probe: unknown, name: ProbeNumber): number {
  return number(field(probe, name)) || probeDefaults[name];
}

/** A number of a probe as a message shows it: `10`, or `10 by default`. @throws UnknownFieldError */
export function shownNumber(probe: unknown, name: ProbeNumber): string {
  return `${probeNumber(probe, name)}${number(field(probe, name)) ? '' : ' by default'}`;
}

/** For how many seconds a probe may fail: its threshold of failures times its period. @throws UnknownFieldError */
export function patienceSeconds(probe: unknown): number {
  return probeNumber(probe, 'failureThreshold') * probeNumber(probe, 'periodSeconds');
}

/**
 * What a probe asks, with defaults filled in and names of ports resolved, so that two ways of writing the same are the same.
 * Headers are not compared: what they ask is the same as a rule. `undefined` for what is no probe.
 *
 * @throws UnknownFieldError
 */
export function questionOf(container: unknown, probe: unknown): string | undefined {
  const [handler, ...others] = handlersOf(probe);
  if (handler === undefined || others.length > 0) return undefined;
  const how = field(probe, handler);
  if (handler === 'exec') return JSON.stringify([handler, ...entries(field(how, 'command')).map(text)]);
  return JSON.stringify([handler, ...details(handler, how), resolvedPort(container, field(how, 'port'))]);
}

function details(handler: Exclude<ProbeHandler, 'exec'>, how: unknown): readonly string[] {
  const written = (name: string): string => text(field(how, name)) ?? '';
  if (handler === 'grpc') return [written('service')];
  if (handler === 'tcpSocket') return [written('host')];
  // The kubelet puts the slash before a path that begins with none.
  return [written('host'), written('scheme') || 'HTTP', written('path').replace(/^\/?/, '/')];
}

function resolvedPort(container: unknown, port: unknown): string | undefined {
  const named = typeof port === 'string' ? portsOf(container).find(({ name }) => name === port) : undefined;
  const resolved = named === undefined ? port : named.number;
  return number(resolved)?.toString() ?? text(resolved);
}
