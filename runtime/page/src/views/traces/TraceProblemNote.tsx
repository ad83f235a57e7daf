import type { TraceProblem } from '../../../../src/dashboard/api/traces/traceProblemSchema.ts';
import { Nothing } from '../../components/Nothing.tsx';

const TITLES: Readonly<Record<TraceProblem['kind'], string>> = {
  notConfigured: 'Traces are not shown here yet',
  unreachable: 'Jaeger cannot be reached',
  slow: 'Jaeger is too slow',
  refused: 'Jaeger wants to know who asks',
  broken: 'Jaeger failed',
  tooLarge: 'There is too much of it',
  notFound: 'Jaeger does not have this trace',
  badQuery: 'The search cannot be done',
};

/** Why there is nothing of Jaeger's, and what to do. */
export function TraceProblemNote({ problem: { kind, text } }: { readonly problem: TraceProblem }) {
  return (
    <Nothing title={TITLES[kind]}>
      {text} {kind === 'notConfigured' && <HowToConfigure />}
      {kind === 'refused' && <HowToLogIn />}
    </Nothing>
  );
}

function HowToConfigure() {
  return (
    <>
      Name it where the page is made:{' '}
      <code>{"createDashboard(observability, { jaegerQuery: { url: 'http://jaeger-query:16686' } })"}</code>. Requests
      and errors are shown without.
    </>
  );
}

function HowToLogIn() {
  return (
    <>
      Give them: <code>{"jaegerQuery: { url, credentials: { token: new Secret('…') } }"}</code>.
    </>
  );
}
