import { createClient } from './client.ts';

let locale: () => string = () => 'zh-CN';
let token: () => string | undefined = () => undefined;
let unauthenticated: () => void = () => {};

/** Gives the client what it asks for at each request; called once by each app at its start. */
export function configureClient(hooks: {
  locale: () => string;
  token?: () => string | undefined;
  onUnauthenticated?: () => void;
}): void {
  locale = hooks.locale;
  if (hooks.token) token = hooks.token;
  if (hooks.onUnauthenticated) unauthenticated = hooks.onUnauthenticated;
}

/** The client of this page. */
export const client = createClient({
  fetch: (input, init) => fetch(input, init),
  origin: '',
  locale: () => locale(),
  token: () => token(),
  onUnauthenticated: () => unauthenticated(),
});
