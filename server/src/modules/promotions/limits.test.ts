import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { Ctx } from '#kernel/context.ts';
import { newId } from '#kernel/ids.ts';
import { someCtx, testDb, type TestDb } from '#kernel/testing/db.ts';
import { newCouponCodes, readCouponCode } from './coupon-code.ts';
import type { Terms } from './domain/terms.ts';
import { invariants } from './invariants.ts';
import { findCoupons, leftOf, releaseUses, setQuota, takeUses, type Use, type UseRefused } from './store/limits.ts';
import { bumpRevision, insertMove, insertOffer, loadOffers, offersAt, type OfferRow } from './store/offers.ts';

let house: TestDb;
let ctx: Ctx;
before(async () => {
  house = await testDb();
  ctx = someCtx(await house.org());
});
after(() => house.close());

const FLASH: Terms = { kind: 'flash_sale', price: 100, limitPerCustomer: 2, quota: null };
let made = 0;
async function offer(terms: Terms): Promise<OfferRow> {
  made += 1;
  const row: OfferRow = {
    id: newId(),
    code: `OFFER-${made}`,
    kind: terms.kind,
    state: 'published',
    title: 'An offer',
    starts_at: new Date('2026-11-01T00:00:00Z'),
    ends_at: new Date('2026-12-01T00:00:00Z'),
    created_at: ctx.now,
    version: 1,
    shops: null,
    skus: null,
    categories: null,
    terms,
  };
  await house.db.inTx(ctx, async (tx) => {
    await insertOffer(tx, row, 'test');
    await insertMove(tx, row, row.starts_at, 'test');
    if ('quota' in terms) await setQuota(tx, row.id, terms.quota);
    await bumpRevision(tx);
  });
  return row;
}

async function coupons(offerId: string, count: number, owner: Buffer | null = null): Promise<string[]> {
  const codes = newCouponCodes(count);
  await house.db.inTx(ctx, (tx) =>
    tx.query(
      'insert into promotions.coupons (org_id, code, offer_id, owner, issued_at) select $1, c, $2, $3, $4 from unnest($5::text[]) c',
      [ctx.orgId, offerId, owner, ctx.now, codes],
    ),
  );
  return codes;
}

const buyer = (n: number): string => n.toString(16).padStart(32, '0');
const use = (over: Partial<Use> & { offer: string }): Use => ({
  i: 0,
  order: newId(),
  version: 1,
  buyer: buyer(1),
  units: 1,
  amount: 10,
  coupon: null,
  limit: null,
  quota: null,
  ...over,
});
const take = (uses: Use[]): Promise<UseRefused[]> => house.db.inTx(ctx, (tx) => takeUses(tx, uses, ctx.now));
const rows = <R>(sql: string, params: unknown[] = []): Promise<R[]> =>
  house.db.read(ctx, (tx) => tx.query<R>(sql, params));

async function holds(): Promise<void> {
  for (const { name, check } of invariants) assert.deepEqual(await house.db.read(ctx, check), [], name);
}

test('PRO-1 two hundred parallel attempts of one customer get the two units of their limit', async () => {
  const { id } = await offer(FLASH);
  const said = await Promise.all(Array.from({ length: 200 }, () => take([use({ offer: id, limit: 2 })])));
  assert.equal(said.filter((s) => s.length === 0).length, 2);
  assert.deepEqual(new Set(said.flat().map((r) => `${r.code} ${r.left}`)), new Set(['purchase_limit_exceeded 0']));
  await holds();
});

test('PRO-1 two hundred parallel attempts with one coupon: one has it', async () => {
  const { id } = await offer({ kind: 'coupon', spend: 100, off: 10 });
  const [coupon = ''] = await coupons(id, 1);
  const said = await Promise.all(
    Array.from({ length: 200 }, (_, n) => take([use({ offer: id, coupon, buyer: buyer(n) })])),
  );
  assert.equal(said.filter((s) => s.length === 0).length, 1);
  assert.deepEqual(new Set(said.flat().map((r) => r.code)), new Set(['coupon_used']));
  await holds();
});

test('PRO-1 two hundred parallel customers share a quota of fifty, whatever the batches they come in', async () => {
  const { id } = await offer({ ...FLASH, quota: 50 });
  const one = (n: number, i: number): Use => use({ i, offer: id, buyer: buyer(n), limit: 2, quota: 50 });
  const said = await Promise.all(
    Array.from({ length: 40 }, (_, b) => take(Array.from({ length: 5 }, (_x, i) => one(b * 5 + i, i)))),
  );
  assert.equal(said.flat().length, 150);
  assert.deepEqual(new Set(said.flat().map((r) => `${r.code} ${r.left}`)), new Set(['flash_sold_out 0']));
  assert.deepEqual(await rows('select used from promotions.quotas where offer_id = $1', [id]), [{ used: 50 }]);
  await holds();
});

test('PRO-1 an order gets all it uses or nothing, and in a batch the first comes first', async () => {
  const flash = await offer({ ...FLASH, quota: 3 });
  const other = await offer({ kind: 'coupon', spend: 100, off: 10 });
  const [good = '', spent = ''] = await coupons(other.id, 2);
  await take([use({ offer: other.id, coupon: spent })]);
  const [a, b, c] = [newId(), newId(), newId()];
  const said = await take([
    use({ i: 0, order: a, offer: flash.id, units: 2, limit: 2, quota: 3 }),
    use({ i: 0, order: a, offer: other.id, coupon: spent }),
    use({ i: 1, order: b, offer: flash.id, units: 2, limit: 2, quota: 3 }),
    use({ i: 1, order: b, offer: other.id, coupon: good }),
    use({ i: 2, order: c, offer: flash.id, units: 2, limit: 2, quota: 3, buyer: buyer(2) }),
    use({ i: 2, order: c, offer: other.id, coupon: good, buyer: buyer(2) }),
  ]);
  assert.deepEqual(
    said.map((r) => [r.i, r.code, r.left]),
    [
      [0, 'coupon_used', 0],
      [2, 'flash_sold_out', 1],
      [2, 'coupon_used', 0],
    ],
  );
  assert.deepEqual(
    (
      await rows<{ o: string }>('select distinct order_id as o from promotions.uses where order_id = any ($1)', [
        [a, b, c],
      ])
    ).map((r) => r.o),
    [b],
  );
  await holds();
});

test('PRO-1 what an order used is free again once, however often it is released', async () => {
  const flash = await offer({ ...FLASH, quota: 2 });
  const other = await offer({ kind: 'coupon', spend: 100, off: 10 });
  const [coupon = ''] = await coupons(other.id, 1);
  const order = newId();
  const wants = (o: string): Use[] => [
    use({ order: o, offer: flash.id, units: 2, limit: 2, quota: 2 }),
    use({ order: o, offer: other.id, coupon }),
  ];
  assert.deepEqual(await take(wants(order)), []);
  assert.equal((await take(wants(newId()))).length, 2);
  await Promise.all(Array.from({ length: 20 }, () => house.db.inTx(ctx, (tx) => releaseUses(tx, order))));
  await holds();
  assert.deepEqual(await take(wants(newId())), []);
  await house.db.inTx(ctx, (tx) => releaseUses(tx, order));
  assert.deepEqual(
    await rows('select used from promotions.quotas where offer_id = $1', [flash.id]),
    [{ used: 2 }],
    'a second release does not take from who came after',
  );
  await holds();
});

test('PRO-1 a transaction that dies leaves nothing taken', async () => {
  const flash = await offer({ ...FLASH, quota: 2 });
  const order = newId();
  await assert.rejects(
    house.db.inTx(ctx, async (tx) => {
      assert.deepEqual(
        await takeUses(tx, [use({ order, offer: flash.id, units: 2, limit: 2, quota: 2 })], ctx.now),
        [],
      );
      const [me] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      await house.db.systemTx((s) => s.query('select pg_terminate_backend($1)', [me?.pid]));
      await tx.query('select 1');
    }),
  );
  assert.deepEqual(await rows('select used from promotions.quotas where offer_id = $1', [flash.id]), [{ used: 0 }]);
  assert.deepEqual(await take([use({ offer: flash.id, units: 2, limit: 2, quota: 2 })]), []);
  await holds();
});

test('PRO-1 batches and releases in any order, at the same time, never deadlock and add up', async () => {
  const flashes = [
    await offer({ ...FLASH, quota: 30 }),
    await offer({ ...FLASH, quota: 40 }),
    await offer({ ...FLASH, quota: null }),
  ];
  const slip = await offer({ kind: 'coupon', spend: 100, off: 10 });
  const codes = await coupons(slip.id, 12);
  const anyUse = fc.record({ what: fc.nat(14), who: fc.nat(5), units: fc.integer({ min: 1, max: 2 }) });
  const batch = fc.array(fc.array(anyUse, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  const orders: string[] = [];
  const usesOf = (wanted: { what: number; who: number; units: number }[][]): Use[] =>
    wanted.flatMap((lines, i) => {
      const order = newId();
      orders.push(order);
      return lines.map(({ what, who, units }) => {
        const flash = flashes[what];
        const common = { i, order, units, buyer: buyer(who) };
        if (!flash) return use({ ...common, offer: slip.id, coupon: codes[what - flashes.length] as string });
        const quota = flash.terms.kind === 'flash_sale' ? flash.terms.quota : null;
        return use({ ...common, offer: flash.id, limit: 2, quota });
      });
    });
  await fc.assert(
    fc.asyncProperty(
      fc.array(batch, { minLength: 4, maxLength: 12 }),
      fc.infiniteStream(fc.nat(9)),
      async (batches, dice) => {
        await Promise.all(
          batches.map(async (wanted) => {
            await take(usesOf(wanted));
            if ((dice.next().value as number) < 5) {
              const some = orders.filter((_, n) => n % 3 === 0).slice(-5);
              await house.db.inTx(ctx, (tx) => tx.query('select promotions.give_back($1, $2)', [ctx.orgId, some]));
            }
          }),
        );
        await holds();
      },
    ),
    { numRuns: 12 },
  );
  assert.ok(
    (await rows<{ n: number }>(`select count(*) as n from promotions.uses where state = 'released'`))[0]!.n > 0,
  );
});

test('PRO-4 a coupon that does not count says why', async () => {
  const mine = Buffer.alloc(16, 7);
  const slip = await offer({ kind: 'coupon', spend: 100, off: 10 });
  const [free = '', used = ''] = await coupons(slip.id, 2);
  const [owned = ''] = await coupons(slip.id, 1, mine);
  await take([use({ offer: slip.id, coupon: used })]);
  const look = async (codes: string[], who: Buffer | null, at = ctx.now) =>
    (await house.db.read(ctx, (tx) => findCoupons(tx, codes, who, at))).map((c) =>
      'refused' in c ? c.refused : c.offerId,
    );
  assert.deepEqual(await look([free, used, owned, 'NO-SUCH', newCouponCodes(1)[0] as string], null), [
    slip.id,
    'coupon_used',
    'coupon_not_yours',
    'unknown_coupon',
    'unknown_coupon',
  ]);
  assert.deepEqual(await look([owned, ` ${free.toLowerCase().replaceAll('-', ' ')} `], mine), [slip.id, slip.id]);
  assert.deepEqual(await look([free], null, new Date('2026-10-31T00:00:00Z')), ['coupon_not_started']);
  assert.deepEqual(await look([free], null, new Date('2026-12-01T00:00:00Z')), ['coupon_expired']);
  assert.deepEqual(
    (await take([use({ offer: slip.id, coupon: owned })])).map((r) => r.code),
    ['coupon_not_yours'],
  );
  assert.deepEqual(await take([use({ offer: slip.id, coupon: owned, buyer: mine.toString('hex') })]), []);
});

test('PRO-1 a mistyped coupon code is known to be one', () => {
  const [code = ''] = newCouponCodes(1);
  assert.match(code, /^([2-9A-HJKMNP-Z]{4}-){3}[2-9A-HJKMNP-Z]{4}$/);
  assert.equal(readCouponCode(code), code);
  const plain = code.replaceAll('-', '');
  for (let i = 0; i < 16; i += 1) {
    const wrong = plain[i] === 'K' ? 'M' : 'K';
    assert.equal(readCouponCode(plain.slice(0, i) + wrong + plain.slice(i + 1)), undefined, `character ${i}`);
  }
  for (let i = 0; i < 14; i += 1) {
    const swapped = plain.slice(0, i) + plain[i + 1] + plain[i] + plain.slice(i + 2);
    if (swapped !== plain) assert.equal(readCouponCode(swapped), undefined, `characters ${i} and ${i + 1}`);
  }
  assert.equal(new Set(newCouponCodes(50_000)).size, 50_000);
});

test('PRO-4 the offers of a past moment are those that were published then', async () => {
  const row = await offer({ kind: 'threshold_reduction', tiers: [{ spend: 100, off: 10 }], repeat: false });
  const at = (day: string): Date => new Date(`2026-11-${day}T00:00:00Z`);
  await house.db.inTx(ctx, async (tx) => {
    await insertMove(tx, { ...row, state: 'paused' }, at('05'), 'test');
    await insertMove(tx, row, at('07'), 'test');
    await insertMove(tx, { ...row, state: 'ended' }, at('09'), 'test');
  });
  const then = async (day: string): Promise<boolean> =>
    (await house.db.read(ctx, (tx) => offersAt(tx, at(day)))).some((o) => o.id === row.id);
  assert.deepEqual(await Promise.all(['02', '06', '08', '10'].map(then)), [true, false, true, false]);
});

test('PRO-1 the revision grows with every change, and limited offers say what is left', async () => {
  const was = await house.db.read(ctx, (tx) => loadOffers(tx, ctx.now));
  const flash = await offer({ ...FLASH, limitPerCustomer: 5, quota: 4 });
  await take([use({ offer: flash.id, units: 3, limit: 5, quota: 4 })]);
  const is = await house.db.read(ctx, (tx) => loadOffers(tx, ctx.now));
  assert.ok(is.revision > was.revision);
  const left = async (who: string | null) =>
    (await house.db.read(ctx, (tx) => leftOf(tx, is.offers, who === null ? null : Buffer.from(who, 'hex')))).get(
      flash.id,
    );
  assert.deepEqual([await left(buyer(1)), await left(buyer(9)), await left(null)], [1, 1, 1]);
  const later = await house.db.read(ctx, (tx) => loadOffers(tx, new Date('2026-12-02T00:00:00Z')));
  assert.deepEqual(later.offers, []);
});
