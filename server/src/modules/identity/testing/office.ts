import assert from 'node:assert/strict';
import { z } from 'zod';
import { defineRoute } from '#kernel/http/route.ts';
import { createApiKey } from '../index.ts';
import { type Browser, openHouse, PASSWORD } from './house.ts';

/** A route that asks for a permission, in place of another module's. */
const probe = defineRoute({
  method: 'GET',
  path: '/probe',
  permission: 'orders.order.read',
  tags: ['test'],
  summary: 'Asks for a permission',
  input: z.object({}),
  output: z.object({ shops: z.array(z.string()).nullable() }),
  run: async (_tx, ctx) => ({ shops: ctx.actor.shops === null ? null : [...ctx.actor.shops] }),
});
/** What the other modules would declare. */
const PERMISSIONS = {
  'orders.order.read': 'r',
  'orders.order.cancel': 'c',
  'payments.refund.approve': 'a',
  'catalog.product.read': 'p',
};
export const SHOP = '01890000-0000-7000-8000-000000000001';

export const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });

/** Two organisations, `demo` and `other`, each with its administrator; demo's is signed in. */
export async function openOffice() {
  const house = await openHouse({ routes: [probe], permissions: PERMISSIONS });
  for (const org of ['demo', 'other']) {
    await house.org(org);
    await house.person(org, `admin@${org}.test`, ['admin']);
  }
  const signedIn = async (email: string, password = PASSWORD): Promise<Browser> => {
    const browser = house.browser();
    const answer = await browser.signIn(email, password);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return browser;
  };
  const admin = await signedIn('admin@demo.test');
  let users = 0;
  const newUser = async (
    roles: string[],
    over: object = {},
  ): Promise<{ id: string; email: string; version: number }> => {
    users += 1;
    const who = { email: `user${users}@demo.test`, name: `User ${users}`, password: PASSWORD, roles, ...over };
    const made = await admin.post('/users', who);
    assert.equal(made.status, 201, JSON.stringify(made.body));
    return made.body;
  };
  const keyOf = (scopes: string[], org = 'demo'): Promise<string> =>
    createApiKey(house.db, { org, name: 'key', scopes });
  return { house, admin, signedIn, newUser, keyOf };
}

export type Office = Awaited<ReturnType<typeof openOffice>>;
