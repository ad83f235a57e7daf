/**
 * What Pulumi starts. Plain JavaScript, since an older Node answers a `.ts` file with nothing that helps; a default export,
 * since that is how Pulumi takes a program that is a function.
 */
export default async function main() {
  if (!process.features.typescript) {
    console.error(
      `Tracewright needs Node 22.18 or later, which runs TypeScript itself; this is Node ${process.versions.node}.`,
    );
    process.exit(32);
  }
  const { deployTracing } = await import('./index.ts');
  return deployTracing();
}
