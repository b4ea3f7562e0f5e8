import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());
window.addEventListener('popstate', tell);

/** Goes to an address of the portal without loading the page anew. */
export function go(path: string): void {
  if (path !== window.location.pathname) window.history.pushState(null, '', path);
  tell();
}

/** The address on screen. Two pages need no router. */
export function usePath(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => window.location.pathname,
  );
}
