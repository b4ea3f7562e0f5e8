import { randomBytes } from 'node:crypto';
import { type Ctx, systemCtx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { DomainError } from '#kernel/errors.ts';
import { smsSettings } from '#kernel/notifications/index.ts';
import { drainSubscribers } from '#kernel/outbox/subscribers.ts';
import { DAY_MS } from '#kernel/time.ts';
import { createProduct, createShop } from '#modules/catalog/index.ts';
import { BUILT_IN_ROLES, createOrg, createUser, setPassword } from '#modules/identity/index.ts';
import { createCarton } from '#modules/fulfilment/index.ts';
import { createReceipt, createWarehouse, createZone, layOutZone, listBins } from '#modules/inventory/index.ts';
import type { App } from '../app.ts';
import { allSubscribers } from '../wiring.ts';
import { DEMO_ORG, demoState, type LogIn } from './apart.ts';
import { demoBank } from './bank.ts';
import { demoCases } from './cases.ts';
import { dice } from './china.ts';
import { type DemoProduct, demoProducts } from './goods.ts';
import { demoInvoices } from './invoices.ts';
import { demoOffers } from './offers.ts';
import { dayStart, placePast } from './past.ts';
import { livePresent } from './recent.ts';
import { demoFinance, demoParties } from './settlements.ts';
import { demoTickets } from './tickets.ts';

const SEED = 20_260_101;
const ORDERS = 2000;
const RECENT = { today: 130, yesterday: 110, before: 80 };

const SHOPS = [
  { code: 'main', name: '掌柜旗舰店', currency: 'CNY' },
  { code: 'outlet', name: '掌柜生活馆', currency: 'CNY' },
] as const;
const WAREHOUSES = [
  { code: 'GZ', name: '广州仓', address: '广东省广州市白云区物流园一路 8 号', priority: 10 },
  { code: 'SH', name: '上海仓', address: '上海市青浦区华徐公路 3029 号', priority: 20 },
  { code: 'CD', name: '成都仓', address: '四川省成都市双流区物流大道 66 号', priority: 30 },
] as const;
const carton = (
  n: number,
  name: string,
  size: [number, number, number],
  tareG: number,
  maxG: number,
  cost: number,
) => ({
  code: `K${n}`,
  name,
  material: '三层瓦楞',
  lengthMm: size[0],
  widthMm: size[1],
  heightMm: size[2],
  tareG,
  maxG,
  costAmount: cost,
});
const CARTONS = [
  carton(1, '小号纸箱', [230, 180, 120], 90, 3_000, 80),
  carton(2, '中号纸箱', [350, 260, 200], 210, 10_000, 160),
  carton(3, '大号纸箱', [530, 400, 320], 480, 25_000, 320),
];
const NAMES: Readonly<Record<string, string>> = {
  admin: '钱掌柜',
  order_reviewer: '孙审单',
  agent: '李小客',
  agent_supervisor: '周主管',
  quality_controller: '沈品控',
  warehouse: '吴仓储',
  warehouse_manager: '郑仓管',
  finance: '冯会计',
  operations: '陈运营',
  compliance: '褚合规',
  readonly: '卫访客',
};

/** Makes the demo organisation the first time; returns its log-ins then, and nothing ever after. */
export async function ensureDemo(app: Pick<App, 'db' | 'log'>): Promise<LogIn[]> {
  const state = await demoState(app.db);
  if (state === 'none') return createDemo(app, new Date());
  // stopped between the organisation's last row and its people's: only they are missing
  return state === 'complete' ? [] : addPeople(app, DEMO_ORG, new Date());
}

/**
 * A shop one can look around in: goods with pictures, stock in three warehouses, two thousand orders of the last sixty
 * days in every state, and people of every role. The same each time but for ids, dates and passwords. It gets its name
 * when it is complete: one that was interrupted is put aside and made anew.
 */
export async function createDemo(app: Pick<App, 'db' | 'log'>, now: Date, org: string = DEMO_ORG): Promise<LogIn[]> {
  const making = `${org}-making`;
  const aside = `${org}-unfinished-${randomBytes(3).toString('hex')}`;
  await app.db.systemTx((tx) => tx.query('update kernel.orgs set code = $2 where code = $1', [making, aside]));
  const opened = new Date(dayStart(now, 60).getTime());
  const { id: orgId } = await createOrg(app.db, { code: making, name: '掌柜示例商城', demo: true }, opened);
  await fill(app, systemCtx(orgId, opened, 'demo'), now);
  await app.db.systemTx((tx) => tx.query('update kernel.orgs set code = $2 where id = $1', [orgId, org]));
  const people = await addPeople(app, org, opened);
  const books = { db: app.db, log: app.log, ctx: systemCtx(orgId, now, 'demo'), now };
  await demoFinance(books);
  await demoBank(books);
  await demoTickets(books);
  await demoCases(books);
  return people;
}

async function fill(app: Pick<App, 'db'>, ctx: Ctx, now: Date): Promise<void> {
  await fieldCrypto.load(ctx.orgId);
  const products = demoProducts();
  const { drawPictures } = await import('./pictures.ts'); // brings the picture library, needed this once
  const pictures = await drawPictures(app.db, ctx, products);
  await stockUp(app, ctx, products, pictures, now);
  const recent = RECENT.today + RECENT.yesterday + RECENT.before;
  const d = dice(SEED);
  const popular = products
    .map((p, i) => ({ p, weight: dice(SEED + i).next() }))
    .toSorted((a, b) => a.weight - b.weight)
    .map((x) => x.p);
  await placePast(app.db, ctx, d, popular, ORDERS - recent, dayStart(now, 1));
  await drainSubscribers(app.db, ctx.orgId, allSubscribers, new Date(dayStart(now, 2).getTime() - 1));
  await livePresent(
    { db: app.db, ctx, dice: d, products: popular, shops: SHOPS.map((s) => s.code), subscribers: allSubscribers },
    now,
    RECENT,
  );
  await demoOffers(
    app.db,
    { ...ctx, now },
    SHOPS.map((s) => s.code),
    popular.toReversed(),
  );
  await demoInvoices(app.db, { ...ctx, now });
  // nobody real is in the demo: codes are shown to its administrator instead of being sent
  await app.db.inTx(ctx, (tx) => smsSettings.put(tx, { ...ctx, now }, { provider: 'sandbox' }));
}

async function addPeople(app: Pick<App, 'db'>, org: string, now: Date): Promise<LogIn[]> {
  return Promise.all(
    BUILT_IN_ROLES.map(async ({ code: role }) => {
      const logIn = { role, email: `${role}@${org}.zhanggui.local`, password: randomBytes(9).toString('base64url') };
      const user = { org, email: logIn.email, name: NAMES[role] ?? role, password: logIn.password, roles: [role] };
      try {
        await createUser(app.db, user, now);
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== 'email_taken') throw error;
        await setPassword(app.db, logIn); // made by a start that was interrupted before it could print
      }
      return logIn;
    }),
  );
}

async function stockUp(
  app: Pick<App, 'db'>,
  ctx: ReturnType<typeof systemCtx>,
  products: readonly DemoProduct[],
  pictures: readonly string[],
  now: Date,
): Promise<void> {
  await app.db.inTx(ctx, async (tx) => {
    for (const shop of SHOPS) await createShop(tx, ctx, shop);
    await demoParties(tx, ctx);
    for (const warehouse of WAREHOUSES) await createWarehouse(tx, ctx, warehouse);
    for (const carton of CARTONS) await createCarton(tx, ctx, carton);
    for (const [i, p] of products.entries()) {
      await createProduct(tx, ctx, {
        code: p.code,
        title: p.title,
        category: p.category,
        pictureId: pictures[i] as string,
        attributes: { 产地: '中国' },
        skus: [
          {
            sku: p.code,
            barcode: p.barcode,
            price: { amount: p.price, currency: 'CNY' },
            weightG: p.weightG,
            storage: isChilled(p) ? 'chilled' : 'ambient',
            lengthMm: 120 + ((i * 13) % 9) * 20,
            widthMm: 80 + ((i * 7) % 7) * 15,
            heightMm: 40 + ((i * 5) % 6) * 20,
            fragile: ['cup', 'jar', 'lamp'].includes(p.glyph),
            reserveOn: i % 10 === 9 ? 'payment' : 'order',
          },
        ],
      });
    }
  });
  const then = { ...ctx, now: new Date(ctx.now.getTime() + DAY_MS) };
  await app.db.inTx(then, async (tx) => {
    for (const [w, warehouse] of WAREHOUSES.entries()) {
      const shelves = await layOut(tx, then, warehouse.code);
      const lines = products.flatMap((p, i) => batchesOf(p, i, w, shelves, now));
      await createReceipt(tx, then, { warehouse: warehouse.code, reference: '期初入库', lines });
    }
  });
}

type Shelves = { ambient: readonly string[]; chilled: readonly string[] };
const RACKS = { aislePitchMm: 3_200, bayPitchMm: 1_200, endMm: 1_500, sides: 'both', middleCrossAisle: true } as const;

/** Two zones with racks: one at room temperature, one chilled. Answers with the codes of their bins. */
async function layOut(tx: Tx, ctx: Ctx, warehouse: string): Promise<Shelves> {
  await createZone(tx, ctx, { warehouse, code: 'A', name: '常温区', temperature: 'ambient' });
  await createZone(tx, ctx, { warehouse, code: 'C', name: '冷藏区', temperature: 'chilled' });
  const depot = { aisle: 2, end: 'front' } as const;
  const racks = { ...RACKS, warehouse, bays: 10, levels: 3, depot };
  await layOutZone(tx, ctx, { ...racks, zone: 'A', aisles: 6, firstAisle: 0 });
  await layOutZone(tx, ctx, { ...racks, zone: 'C', aisles: 2, firstAisle: 6 });
  const codes = async (zone: string): Promise<string[]> => {
    const found: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await listBins(tx, ctx, { warehouse, zone, limit: 200, ...(cursor ? { cursor } : {}) });
      found.push(...page.items.map((b) => b.code));
      if (page.nextCursor === null) return found;
      cursor = page.nextCursor;
    }
  };
  return { ambient: await codes('A'), chilled: await codes('C') };
}

/** What the warehouse begins with of a product: food in two batches that expire, in bins that are far apart. */
function batchesOf(p: DemoProduct, i: number, w: number, shelves: Shelves, now: Date) {
  const units = (i + w) % 23 === 0 ? 4 : 40 + ((i * 37 + w * 11) % 160);
  const bins = isChilled(p) ? shelves.chilled : shelves.ambient;
  const unitCost = Math.round(p.price * 0.55);
  const bin = (n: number): string => bins[(i * 7 + w * 3 + n * 31) % bins.length] as string;
  const isFood = p.category.startsWith('食品/');
  if (!isFood) return [{ sku: p.code, quantity: units, bin: bin(0), batch: '2026-01', unitCost }];
  const lasts = isChilled(p) ? 20 : 200; // days
  const first = units < 10 ? units : Math.floor(units / 3);
  return [first, units - first].flatMap((quantity, n) =>
    quantity === 0
      ? []
      : [
          {
            sku: p.code,
            quantity,
            bin: bin(n),
            batch: `2026-0${n + 1}`,
            expiresOn: dayStart(now, -(lasts * (n + 1) + (i % 9)))
              .toISOString()
              .slice(0, 10),
            unitCost,
          },
        ],
  );
}

const isChilled = (p: DemoProduct): boolean => p.category === '食品/水果';
