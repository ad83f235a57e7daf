import { useState } from 'preact/hooks';
import { postJson } from '../api/client.ts';
import type { Identity } from './identity.ts';

interface LoginProps {
  /** Why somebody who was here has to log in. */
  readonly problem: string | undefined;
  readonly onLogin: (identity: Identity) => void;
}

/** Asks for the token that the application printed at its start. */
export function Login({ problem, onLogin }: LoginProps) {
  const [said, setSaid] = useState(problem);
  const [isBusy, setBusy] = useState(false);
  const logIn = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    try {
      onLogin(await postJson<Identity>('session', { token: textOf(form, 'token'), name: textOf(form, 'name') }));
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <main class="login">
      <form class="card" onSubmit={(event) => void logIn(event)}>
        <h1>Tracewright</h1>
        <p>The application printed a token when it started. It is also in the address that it printed.</p>
        <label>
          Token
          <input name="token" type="password" autocomplete="current-password" required autofocus />
        </label>
        <label>
          Your name <span class="hint">shown beside what you do; optional</span>
          <input name="name" autocomplete="username" maxLength={200} />
        </label>
        {said && (
          <p class="problem" role="alert">
            {said}
          </p>
        )}
        <button class="primary" disabled={isBusy}>
          Log in
        </button>
      </form>
    </main>
  );
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
