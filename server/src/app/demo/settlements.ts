import { permissionHolders } from '#kernel/actors.ts';
import { approve } from '#kernel/approvals/index.ts';
import { type Ctx, SYSTEM_ACTOR } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Db, Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { Log } from '#kernel/log.ts';
import { HOUR_MS, localDate } from '#kernel/time.ts';
import { shopsByCodes } from '#modules/catalog/index.ts';
import { completeOrder } from '#modules/orders/index.ts';
import {
  bookForParty,
  BillAlreadyLoaded,
  buildDue,
  confirmPayout,
  createBatch,
  createParty,
  disputeStatement,
  failPayout,
  fetchBill,
  payoutsOfBatch,
  proposeAccount,
  SettlementTerms,
  submitStatement,
} from '#modules/payments/index.ts';
import { dayStart } from './past.ts';

const ZONE = 'Asia/Shanghai';
const WEEKS = 4;
const BILL_DAYS = [2, 1];

const terms = (over: object): SettlementTerms => SettlementTerms.parse(over);
const OWN = terms({ cycle: { kind: 'weekly', weekday: 1 } });
const OUTLET = terms({
  cycle: { kind: 'daily', days: 1 },
  commission: { rateMillionths: 50_000, categories: [{ path: '食品/水果', rateMillionths: 80_000 }] },
  hold: { rateMillionths: 50_000, days: 30 },
});
const SUPPLIER = terms({ cycle: { kind: 'weekly', weekday: 1 }, minimum: 10_000 });
const STATION = terms({ cycle: { kind: 'daily', days: 1 } });

/** With whom the demo settles: a shop of its own, one of somebody else's, a supplier and a station. Before the first order is completed. */
export async function demoParties(tx: Tx, ctx: Ctx): Promise<void> {
  const common = { currency: 'CNY' as const, note: '' };
  for (const shop of await shopsByCodes(tx, ['main', 'outlet'])) {
    const own = shop.code === 'main';
    await createParty(tx, ctx, { ...common, kind: 'shop', reference: shop.id, own, terms: own ? OWN : OUTLET });
  }
  const others = { ...common, own: false };
  await createParty(tx, ctx, { ...others, kind: 'supplier', reference: 'G-001', name: '安溪茶业', terms: SUPPLIER });
  await createParty(tx, ctx, { ...others, kind: 'station', reference: 'Z-001', name: '西溪社区站', terms: STATION });
}

type Stage = { db: Db; log: Log; ctx: Ctx; now: Date };

/**
 * The nights of the last four weeks, and what two people of finance did with some of the statements: paid, at the bank, sent back
 * by it, waiting for approval, in dispute. And the bills of the channel's last days. By the commands people use.
 */
export async function demoFinance(stage: Stage): Promise<void> {
  const { db, ctx, now } = stage;
  await fieldCrypto.load(ctx.orgId);
  const holders = await db.read(ctx, (tx) => permissionHolders(tx, 'payments.settlement.approve'));
  const [clerk, chief] = holders.map(({ id }): Ctx => ({ ...ctx, now, actor: { ...SYSTEM_ACTOR, kind: 'user', id } }));
  const parties = await db.read(ctx, (tx) =>
    tx.query<{ id: string; kind: string; own: boolean }>(
      'select id, kind, own from payments.settlement_parties where org_id = $1 order by kind, id',
      [ctx.orgId],
    ),
  );
  await received(stage);
  for (let back = WEEKS * 7; back >= 0; back -= 1) {
    const night: Ctx = { ...ctx, now: new Date(Math.min(dayStart(now, back).getTime() + 2 * HOUR_MS, now.getTime())) };
    await db.inTx(night, (tx) => deliveries(tx, night, back));
    for (const { id } of parties) await db.inTx(night, (tx) => buildDue(tx, night, id, localDate(night.now, ZONE)));
  }
  if (clerk && chief) {
    for (const { id, own } of parties) if (!own) await openAccount(stage, clerk, chief, id);
    await work(stage, clerk, chief);
  }
  await bills(stage);
}

/** Yesterday evening some customers said that their orders had come. */
async function received({ db, ctx, now }: Stage): Promise<void> {
  const evening: Ctx = { ...ctx, now: new Date(dayStart(now, 0).getTime() - 3 * HOUR_MS) };
  const orders = await db.read(ctx, (tx) =>
    tx.query<{ id: string }>(
      `select id from (select id, row_number() over (partition by shop_id order by id) as n from orders.orders
         where org_id = $1 and status = 'delivered' and payment_method = 'online' and delivered_at < $2) o where n % 2 = 1 order by id`,
      [ctx.orgId, evening.now],
    ),
  );
  for (const { id } of orders) await db.inTx(evening, (tx) => completeOrder(tx, evening, { orderId: id }));
}

/** Tea comes twice a week; the station is paid for every parcel it hands over. */
async function deliveries(tx: Tx, ctx: Ctx, back: number): Promise<void> {
  const of = { subject: newId(), at: ctx.now, kind: 'sale' as const };
  if (back % 4 === 1)
    await bookForParty(
      tx,
      ctx,
      { kind: 'supplier', reference: 'G-001' },
      {
        ...of,
        subjectNo: `RK-${String(100 + back)}`,
        amount: 186_000 + back * 1_250,
        note: `铁观音 ${40 + back} 盒`,
      },
    );
  const parcels = 6 + ((back * 7) % 11);
  await bookForParty(
    tx,
    ctx,
    { kind: 'station', reference: 'Z-001' },
    {
      ...of,
      subject: newId(),
      subjectNo: `ZD-${localDate(ctx.now, ZONE)}`,
      amount: parcels * 80,
      note: `代收 ${parcels} 件 × 0.80`,
    },
  );
}

async function openAccount({ db }: Stage, clerk: Ctx, chief: Ctx, partyId: string): Promise<void> {
  const account = {
    partyId,
    payee: '示例商贸有限公司',
    bank: '招商银行',
    branch: '杭州西湖支行',
    account: '6225880112345678',
  };
  await db.inTx(clerk, async (tx) => {
    await proposeAccount(tx, clerk, account);
    const [asked] = await tx.query<{ approval_id: string }>(
      `select approval_id from payments.settlement_accounts where org_id = $1 and party_id = $2 and state = 'pending'`,
      [tx.orgId, partyId],
    );
    if (asked) await approve(tx, chief, { approvalId: asked.approval_id });
  });
}

type Made = { id: string; own: boolean; kind: string };

/** Oldest first: most of what is older is paid, the last wait. */
async function work({ db, ctx }: Stage, clerk: Ctx, chief: Ctx): Promise<void> {
  const made = await db.read(ctx, (tx) =>
    tx.query<Made>(
      `select s.id, p.own, p.kind from payments.settlement_statements s join payments.settlement_parties p on p.org_id = s.org_id and p.id = s.party_id
        where s.org_id = $1 and s.payable > 0 order by s.period_to, s.id`,
      [ctx.orgId],
    ),
  );
  const submit = (id: string) => db.inTx(clerk, (tx) => submitStatement(tx, clerk, { statementId: id, note: '' }));
  const agree = async (id: string): Promise<void> => {
    const { approval_id: approvalId } = await submit(id);
    if (approvalId) await db.inTx(chief, (tx) => approve(tx, chief, { approvalId }));
  };
  const payable = made.filter((s) => !s.own);
  const [waiting, rest] = [payable.slice(-6), payable.slice(0, -6)];
  for (const s of rest) await agree(s.id);
  const [paid, atBank] = [rest.slice(0, -4), rest.slice(-4, -2)];
  if (paid.length > 0)
    await payAll(
      db,
      clerk,
      paid.map((s) => s.id),
    );
  if (atBank.length > 0)
    await db.inTx(clerk, (tx) => createBatch(tx, clerk, { statementIds: atBank.map((s) => s.id) }));
  for (const s of waiting.slice(0, 2)) await submit(s.id);
  const disputed = waiting.at(-1);
  if (disputed)
    await db.inTx(clerk, (tx) =>
      disputeStatement(tx, clerk, { statementId: disputed.id, dispute: '站点称少计 3 件代收' }),
    );
  for (const s of made.filter((x) => x.own).slice(0, -1)) await agree(s.id);
}

/** The bank paid all of a batch but one. */
async function payAll(db: Db, clerk: Ctx, statementIds: string[]): Promise<void> {
  const batch = await db.inTx(clerk, (tx) => createBatch(tx, clerk, { statementIds }));
  const payouts = await db.read(clerk, (tx) => payoutsOfBatch(tx, batch));
  for (const [i, { id: payoutId, no }] of payouts.entries())
    await db.inTx(clerk, async (tx) => {
      if (i === payouts.length - 1 && i > 0) await failPayout(tx, clerk, { payoutId, reason: '户名与账号不符' });
      else await confirmPayout(tx, clerk, { payoutId, reference: `CMB${no.slice(1)}` });
    });
}

async function bills({ db, log, ctx, now }: Stage): Promise<void> {
  for (const back of BILL_DAYS) {
    const billDate = localDate(new Date(dayStart(now, back).getTime() + HOUR_MS), ZONE);
    try {
      await fetchBill({ db, log }, { ...ctx, now }, { channel: 'sandbox', billDate });
    } catch (error) {
      if (!(error instanceof BillAlreadyLoaded)) throw error; // the night's job was faster
    }
  }
}
