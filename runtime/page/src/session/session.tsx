import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useState } from 'preact/hooks';
import { ApiProblem } from '../api/apiProblem.ts';
import { getJson, postJson } from '../api/client.ts';
import { Loading } from '../components/Loading.tsx';
import type { Identity } from './identity.ts';
import { Login } from './Login.tsx';

/** Who is here. */
export interface Session extends Identity {
  /** The session is over: who wants to go on logs in. */
  readonly leave: () => void;
  /** Forgets the cookie, too; never rejects. */
  readonly logOut: () => Promise<void>;
}

const SessionContext = createContext<Session | undefined>(undefined);

type State = { readonly kind: 'asking' } | { readonly kind: 'out'; readonly problem?: string } | SignedIn;

interface SignedIn {
  readonly kind: 'in';
  readonly identity: Identity;
}

/** Shows what is inside to those whom the server knows, and the log-in to others. */
export function SessionProvider({ children }: { children: ComponentChildren }) {
  const [state, setState] = useState<State>({ kind: 'asking' });
  const leave = useCallback(() => setState({ kind: 'out', problem: 'Your session is over. Please log in again.' }), []);
  const logOut = useCallback(async () => {
    try {
      await postJson('session', {}, 'DELETE');
      setState({ kind: 'out' });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      setState({ kind: 'out', problem: `This browser may still be logged in: load the page again. ${why}` });
    }
  }, []);
  useEffect(() => {
    void findIdentity().then(setState);
  }, []);
  const identity = state.kind === 'in' ? state.identity : undefined;
  const session = useMemo(() => identity && { ...identity, leave, logOut }, [identity, leave, logOut]);
  if (state.kind === 'asking') return <Loading what="the page" />;
  if (session === undefined) {
    const problem = state.kind === 'out' ? state.problem : undefined;
    return <Login problem={problem} onLogin={(found) => setState({ kind: 'in', identity: found })} />;
  }
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

/** @throws Error outside `SessionProvider` */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('SessionProvider is missing above');
  return session;
}

/** A token in the address is taken once and taken out of it at once. */
async function findIdentity(): Promise<State> {
  const token = /^#token=(.+)$/.exec(location.hash)?.[1];
  try {
    if (token !== undefined) {
      history.replaceState(null, '', '#/');
      return { kind: 'in', identity: await postJson<Identity>('session', { token: decodeURIComponent(token) }) };
    }
    const found = await getJson<Identity>('session');
    return found ? { kind: 'in', identity: found.body } : { kind: 'out' };
  } catch (error) {
    if (!(error instanceof ApiProblem)) return { kind: 'out', problem: String(error) };
    // Nobody who comes without a token did anything wrong.
    return token === undefined && error.status === 401 ? { kind: 'out' } : { kind: 'out', problem: error.message };
  }
}
