import { Nothing } from '../../components/Nothing.tsx';

/** Nobody tracks requests: how to change that. */
export function RequestsOff() {
  return (
    <Nothing title="Requests are not tracked">
      The tracker is switched off: <code>createObservability({'{ requests: false }'})</code>. Leave{' '}
      <code>requests</code> out, or give its limits, and use <code>expressRequests</code>, <code>fastifyRequests</code>,{' '}
      <code>trackHttp</code> or <code>track</code>.
    </Nothing>
  );
}

/** Some replicas do not track requests: what is shown is not of these. */
export function PartlyOff({ off }: { readonly off: readonly string[] }) {
  if (off.length === 0) return null;
  return (
    <p class="warning">
      {off.length === 1 ? 'An instance does' : `${off.length} instances do`} not track requests: {off.join(', ')}.
    </p>
  );
}
