import assert from 'node:assert/strict';
import { signShopToken } from '#modules/customers/portal/shop-token.ts';
import type { Sender, TestApp, TestOrg } from './app.ts';
import { expectStatus } from './shop.ts';

/** The latest code the sandbox was given for a number; where jobs run by themselves it is waited for. */
export async function codeSentTo(org: Sender, phone: string, waitMs = 0): Promise<string> {
  const end = Date.now() + waitMs;
  for (;;) {
    const { items } = expectStatus(await org.get('/sms-provider/sandbox'), 200) as {
      items: { phone: string; text: string }[];
    };
    const code = /\d{6}/.exec(items.find((m) => m.phone === phone)?.text ?? '')?.[0];
    if (code !== undefined) return code;
    assert.ok(Date.now() < end, `a code was sent to ${phone}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export type Customer = Sender & { token: string };
const secrets = new WeakMap<TestOrg, Promise<string>>();
let nonces = 0;

/** Signs in the customer of a number of shop S1, as its own site would. */
export async function customerOf(app: TestApp, org: TestOrg, externalId: string): Promise<Customer> {
  let secret = secrets.get(org);
  if (!secret) {
    secret = org.post('/portal-keys', { shop: 'S1' }).then((made) => expectStatus(made, 201).secret as string);
    secrets.set(org, secret);
  }
  const signed = signShopToken(await secret, {
    org: org.code,
    shop: 'S1',
    customer: externalId,
    exp: Math.floor(app.clock.now().getTime() / 1000) + 60,
    nonce: `a-nonce-of-tests-${(nonces += 1)}`,
  });
  const { token } = expectStatus(await app.nobody.post('/portal/sessions/shop', { token: signed }), 201);
  return { ...app.bearing(token), token };
}
