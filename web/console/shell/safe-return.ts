/** Where to go after log-in: only an address of this console, never one that leads elsewhere. */
export function safeReturn(to: string | undefined): string {
  if (to === undefined || !to.startsWith('/') || /^\/[/\\]/.test(to) || to.startsWith('/login')) return '/';
  return to;
}
