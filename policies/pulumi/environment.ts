/**
 * The environment whose levels a pack has by itself: the stack's `environment`, or else its name, as Tracewright's own program has it.
 *
 * @param variables - Those of the pack's process: the engine sets `PULUMI_CONFIG` and `PULUMI_NODEJS_STACK`
 *   (Pulumi 3.160, `sdk/go/common/resource/plugin/analyzer_plugin.go`).
 * @returns The empty text where neither is known.
 */
export function environmentOf(variables: Readonly<Record<string, string | undefined>>): string {
  return configured(variables['PULUMI_CONFIG']) ?? variables['PULUMI_NODEJS_STACK'] ?? variables['PULUMI_STACK'] ?? '';
}

function configured(json: string | undefined): string | undefined {
  if (json === undefined) return undefined;
  try {
    const value: unknown = (JSON.parse(json) as Record<string, unknown> | null)?.['tracewright:environment'];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
