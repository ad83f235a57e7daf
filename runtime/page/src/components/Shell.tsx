import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type Address, formatAddress } from '../address/address.ts';
import { goTo } from '../address/useAddress.ts';
import { type LiveState, useLive } from '../api/live.tsx';
import { useSession } from '../session/session.tsx';
import { PAGE_VIEWS, viewOf } from '../views/views.ts';
import { Foreign } from './Foreign.tsx';
import { plainText } from './plainText.ts';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import { useShortcuts } from './useShortcuts.ts';

interface ShellProps {
  readonly address: Address;
  readonly children: ComponentChildren;
}

const STATES: Readonly<Record<LiveState, string>> = {
  connecting: 'connecting',
  live: 'live',
  refused: 'asks by itself',
  lost: 'not connected',
  paused: 'paused',
};

/** What stays while views change: navigation, whether it is live, who is here. */
export function Shell({ address, children }: ShellProps) {
  const current = viewOf(address);
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  const place = address.path.join('/');
  useShortcuts(PAGE_VIEWS.map(({ key, name }) => ({ key, run: () => goTo({ path: [name], query: {} }) })));
  useEffect(() => {
    document.title = `${[...address.path.slice(1).map(plainText), current.title].join(' · ')} · Tracewright`;
    // Who reads with ears is told of the new view; who has just come reads from the top.
    if (!isFirst.current) main.current?.focus();
    isFirst.current = false;
  }, [place, current.title]);
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <header class="bar">
        <a class="brand" href={formatAddress({ path: ['overview'], query: {} })}>
          Tracewright
        </a>
        <nav aria-label="Views">
          <ul>
            {PAGE_VIEWS.map(({ name, title, key }) => (
              <li key={name}>
                <a
                  href={formatAddress({ path: [name], query: {} })}
                  aria-current={name === current.name ? 'page' : undefined}
                  aria-keyshortcuts={`g ${key}`}
                  title={`g ${key}`}
                >
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="bar-end">
          <LiveSwitch />
          <ThemeSwitch />
          <Visitor />
        </div>
      </header>
      <main ref={main} tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

function LiveSwitch() {
  const { state, setPaused } = useLive();
  const isPaused = state === 'paused';
  return (
    <button type="button" class={`live live-${state}`} aria-pressed={!isPaused} onClick={() => setPaused(!isPaused)}>
      <span class="live-dot" aria-hidden="true" />
      {STATES[state]}
      <span class="visually-hidden">: {isPaused ? 'go on' : 'pause'}</span>
    </button>
  );
}

function Visitor() {
  const { name, role, canLeave, logOut } = useSession();
  return (
    <span class="visitor">
      <span title={role === 'read' ? 'You may look, but change nothing.' : 'You may look and act.'}>
        <Foreign text={name} /> <span class="hint">({role})</span>
      </span>
      {canLeave && (
        <button type="button" onClick={() => void logOut()}>
          Log out
        </button>
      )}
    </span>
  );
}
