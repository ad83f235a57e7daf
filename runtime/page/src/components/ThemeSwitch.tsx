import { useEffect, useState } from 'preact/hooks';

const THEMES = ['auto', 'light', 'dark'] as const;
const STORED = 'tracewright.theme';

type Theme = (typeof THEMES)[number];

/** Light, dark, or as the system has it; kept in this browser. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(readTheme);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    try {
      localStorage.setItem(STORED, theme);
    } catch {
      // Storage may be forbidden: it is forgotten then.
    }
  }, [theme]);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto';
  return (
    <button type="button" onClick={() => setTheme(next)} title={`Colours: ${theme}. Press for ${next}.`}>
      <span aria-hidden="true">◐</span> {theme}
      <span class="visually-hidden"> colours; press for {next}</span>
    </button>
  );
}

function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(STORED);
    return THEMES.find((theme) => theme === stored) ?? 'auto';
  } catch {
    return 'auto';
  }
}
