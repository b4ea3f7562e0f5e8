import { useSyncExternalStore } from 'react';
import { readPref, writePref } from './prefs.ts';

export type ThemeMode = 'light' | 'dark' | 'system';

const dark = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
const stored = readPref('theme');
let mode: ThemeMode = stored === 'light' || stored === 'dark' ? stored : 'system';

const isDark = () => mode === 'dark' || (mode === 'system' && dark.matches);

function apply(): void {
  document.documentElement.dataset['theme'] = isDark() ? 'dark' : 'light';
  for (const listener of listeners) listener();
}

dark.addEventListener('change', apply);
apply();

/** Chooses light, dark, or the system's, and remembers it on this device. */
export function setThemeMode(next: ThemeMode): void {
  mode = next;
  writePref('theme', next);
  apply();
}

/** What was chosen, and whether that is dark now. */
export function useThemeMode(): { mode: ThemeMode; dark: boolean } {
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    mode: useSyncExternalStore(subscribe, () => mode),
    dark: useSyncExternalStore(subscribe, isDark),
  };
}
