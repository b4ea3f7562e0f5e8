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

/** The client of this page; `//x` paths start at the origin, others under `/api/v1`. */
export const client = createClient({
  fetch: (input, init) => fetch(input, init),
  base: '/api/v1',
  locale: () => locale(),
  token: () => token(),
  onUnauthenticated: () => unauthenticated(),
});
