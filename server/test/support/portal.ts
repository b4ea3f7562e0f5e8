import assert from 'node:assert/strict';
import type { Sender } from './app.ts';
import { expectStatus } from './shop.ts';

/** The latest code the sandbox was given for a number. */
export async function codeSentTo(org: Sender, phone: string): Promise<string> {
  const { items } = expectStatus(await org.get('/sms-provider/sandbox'), 200) as {
    items: { phone: string; text: string }[];
  };
  const code = /\d{6}/.exec(items.find((m) => m.phone === phone)?.text ?? '')?.[0];
  assert.ok(code, `a code was sent to ${phone}`);
  return code;
}
