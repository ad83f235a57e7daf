/**
 * Pulumi would wait ten seconds for the endpoints of each Service to settle, after the pods behind it are ready. The
 * workloads are waited for already, and whoever needs the pods depends on their workload.
 */
export const serviceAnnotations: Record<string, string> = { 'pulumi.com/skipAwait': 'true' };

/**
 * Of a Deployment that people and autoscalers scale: the number of pods then belongs to their field manager, and an update that
 * names another number, or none, would end in a conflict of server-side apply.
 */
export const scaledByOthers: Record<string, string> = { 'pulumi.com/patchForce': 'true' };
