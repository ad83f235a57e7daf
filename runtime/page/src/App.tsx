import { LiveProvider } from './api/live.tsx';
import { useAddress } from './address/useAddress.ts';
import { SessionProvider } from './session/session.tsx';
import { Shell } from './components/Shell.tsx';
import { viewOf } from './views/views.ts';
import { ViewBoundary } from './components/ViewBoundary.tsx';

/** The whole page. */
export function App() {
  return (
    <SessionProvider>
      <LiveProvider>
        <Current />
      </LiveProvider>
    </SessionProvider>
  );
}

function Current() {
  const address = useAddress();
  const View = viewOf(address).View;
  return (
    <Shell address={address}>
      <ViewBoundary key={address.path.join('/')}>
        <View address={address} />
      </ViewBoundary>
    </Shell>
  );
}
