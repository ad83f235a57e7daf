/**
 * Pulumi would wait ten seconds for the endpoints of each Service to settle, after the pods behind it are ready. The
 * workloads are waited for already, and whoever needs the pods depends on their workload.
 */
export const serviceAnnotations: Record<string, string> = { 'pulumi.com/skipAwait': 'true' };
