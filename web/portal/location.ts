import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());
window.addEventListener('popstate', tell);

/** Goes to an address of the portal without loading the page anew. */
export function go(path: string): void {
  if (path !== window.location.pathname + window.location.search) window.history.pushState(null, '', path);
  window.scrollTo(0, 0);
  tell();
}

/** As `go`, without a way back to where one was: after signing in, or out. */
export function goInstead(path: string): void {
  window.history.replaceState(null, '', path);
  window.scrollTo(0, 0);
  tell();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The address on screen. So few pages need no router. */
export const usePath = (): string => useSyncExternalStore(subscribe, () => window.location.pathname);

/** What stands behind the address, such as `?show=to_pay`. */
export const useSearch = (): string => useSyncExternalStore(subscribe, () => window.location.search);
