/** The probes that a container can have. */
export const probeNames = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const;

export type ProbeName = (typeof probeNames)[number];

/** How a probe can ask; it must have exactly one. */
export const probeHandlers = ['httpGet', 'tcpSocket', 'exec', 'grpc'] as const;
