import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sendCallback, settleAtPeer } from './sandbox/peer.ts';
import { startWorld, type World } from '../testing/real-channels.ts';

let w: World;
before(async () => {
  w = await startWorld();
});
after(() => w.close());

type Message = { url: string; headers: Record<string, string>; body: Buffer };

/** What `send` would send over the network, which stays unsent. */
async function overheard(send: () => Promise<unknown>): Promise<Message> {
  const real = globalThis.fetch;
  let caught: Message | undefined;
  globalThis.fetch = async (input, init) => {
    if (!String(input).includes('/callbacks/')) return real(input, init);
    const headers = { ...(init?.headers as Record<string, string>) };
    caught = { url: String(input), headers, body: Buffer.from(init?.body as string | Buffer) };
    return new Response('{}');
  };
  try {
    await send();
  } finally {
    globalThis.fetch = real;
  }
  assert.ok(caught, 'something was sent');
  return caught;
}

const deliver = async ({ url, headers, body }: Message): Promise<number> => {
  const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(body) });
  await response.arrayBuffer();
  return response.status;
};

/** Everything a callback could move. */
const state = async (): Promise<unknown> =>
  w.h.db.systemTx((tx) =>
    tx.query(
      `select (select jsonb_agg(jsonb_build_array(id, status, received_amount, refunded_amount) order by id) from payments.payments) as payments,
              (select count(*) from payments.refunds) as refunds, (select count(*) from ledger.entries) as entries, (select sum(paid) from public.subjects) as paid`,
    ),
  );

/** A sound message about a payment nobody has told of yet, by channel. */
const CHANNELS: Record<string, () => Promise<Message>> = {
  wechat: () => ofPeer('wechat'),
  alipay: () => ofPeer('alipay'),
  unionpay: () => ofPeer('unionpay'),
  sandbox: async () => {
    const subjectId = await w.h.subject(700);
    const made = await w.h.payBy('sandbox', subjectId);
    const payment = {
      orgId: w.h.orgId,
      paymentId: made.id,
      no: made.paymentNo,
      amount: made.amount,
      currency: made.currency,
      expiresAt: new Date(made.expiresAt),
    };
    const says = await settleAtPeer(w.h.env, payment as never, { outcome: 'success' });
    return overheard(() => sendCallback(w.h.env, says, new Date()));
  },
};
async function ofPeer(code: 'wechat' | 'alipay' | 'unionpay'): Promise<Message> {
  const rig = w.rigs.find((r) => r.code === code);
  assert.ok(rig);
  const made = await w.open(code, 700);
  rig.pay(made.paymentNo);
  return overheard(() => rig.tell(made.paymentNo));
}

/** What a form says beside its signature: a letter of an escape may be small or large, and base64 has bits nobody reads. */
function saidBy({ body }: Message): string {
  const form = new URLSearchParams(body.toString());
  form.delete('sign');
  form.delete('signature');
  return form.toString();
}
const saysTheSame = (a: Message, b: Message): boolean =>
  !b.body.toString('latin1').startsWith('{') && saidBy(a) === saidBy(b);

/** What is not covered by Alipay's signature: saying it otherwise changes nothing of what is said. */
const UNSIGNED = 'sign_type=RSA2';

/** Ways to spoil a message: its bytes, its headers, or all of it. */
const spoilt = (sound: Message): fc.Arbitrary<Message> => {
  const { body } = sound;
  const free = body.indexOf(UNSIGNED);
  const isCovered = (at: number): boolean => free < 0 || at < free || at >= free + UNSIGNED.length;
  const flipped = fc
    .tuple(fc.integer({ min: 0, max: body.length - 1 }).filter(isCovered), fc.integer({ min: 1, max: 255 }))
    .map(([at, by]) => {
      const bytes = Buffer.from(body);
      bytes[at] = (bytes[at] as number) ^ by;
      return { ...sound, body: bytes };
    });
  const cut = fc
    .integer({ min: 0, max: body.length - 1 })
    .filter((at) => free < 0 || at < free)
    .map((at) => ({ ...sound, body: body.subarray(0, at) }));
  const other = fc.uint8Array({ maxLength: 3_000 }).map((bytes) => ({ ...sound, body: Buffer.from(bytes) }));
  const json = fc.json({ maxDepth: 6 }).map((text) => ({ ...sound, body: Buffer.from(text) }));
  const form = fc
    .array(
      fc.constantFrom('sign=', 'app_id=%E0%A4%A', 'out_trade_no=1', '&&', '%', 'sign=a&sign=b', 'total_amount=1e9'),
      {
        maxLength: 12,
      },
    )
    .map((parts) => ({ ...sound, body: Buffer.from(parts.join('&')) }));
  const deep = fc
    .constantFrom('['.repeat(20_000), `{"a":${'{"a":'.repeat(5_000)}`, 'x'.repeat(200_000))
    .map((text) => ({
      ...sound,
      body: Buffer.from(text),
    }));
  const names = Object.keys(sound.headers).filter((name) => name !== 'content-type');
  const header =
    names.length === 0
      ? other
      : fc
          .tuple(fc.constantFrom(...names), fc.oneof(fc.constant(undefined), fc.stringMatching(/^[ -~]{0,60}$/)))
          .filter(([name, value]) => value?.trim() !== sound.headers[name])
          .map(([name, value]) => {
            const { [name]: _gone, ...rest } = sound.headers;
            return { ...sound, headers: value === undefined ? rest : { ...rest, [name]: value } };
          });
  return fc.oneof(flipped, cut, other, json, form, deep, header).filter((bad) => !saysTheSame(bad, sound));
};

for (const [code, sound] of Object.entries(CHANNELS)) {
  test(`PAY-2 ${code}: a spoilt callback is refused, nothing is booked by it, and the sound one counts afterwards`, async () => {
    const message = await sound();
    const before = await state();
    await fc.assert(
      fc.asyncProperty(spoilt(message), async (bad) => {
        const status = await deliver(bad);
        assert.ok(status >= 400 && status < 500, `answered ${status}`);
      }),
      { numRuns: 120 },
    );
    assert.deepEqual(await state(), before, 'nothing moved');
    assert.equal(await deliver(message), 200);
    assert.notDeepEqual(await state(), before);
    assert.deepEqual(await w.h.faults(), []);
  });
}
