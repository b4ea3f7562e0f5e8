import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { after, afterEach, before, test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { renderPdf } from '#kernel/pdf/index.ts';
import { type Label, labelsPdf } from '../pdf/label.ts';
import { type Harness, startHarness, stock } from '../testing/harness.ts';
import { measuredGoods, packed, shipped, someone, withSettings } from '../testing/packed.ts';
import { seePages } from '#kernel/testing/read-codes.ts';

let h: Harness;
before(async () => {
  h = await startHarness();
  await stock(h);
  await measuredGoods(h);
});
after(() => h.close());
afterEach(async () => {
  h.as.current = h.actor;
  assert.deepEqual(await h.faults(), [], 'every invariant holds after every test');
});

const headers = { authorization: 'Bearer test', 'content-type': 'application/json' };
const bytes = async (path: string, init: RequestInit = {}, locale = 'zh-CN'): Promise<Buffer> => {
  const answer = await fetch(h.url + path, { ...init, headers: { ...headers, 'accept-language': locale } });
  assert.equal(answer.status, 200, path);
  assert.equal(answer.headers.get('content-type'), 'application/pdf');
  assert.equal(answer.headers.get('cache-control'), 'private, no-store');
  return Buffer.from(await answer.arrayBuffer());
};
const looks = () =>
  h.db.read({ orgId: h.orgId }, (tx) =>
    tx.query<{ key: string; data: { fields: string[]; reason: string } }>(
      `select key, data from kernel.outbox where org_id = $1 and type = 'kernel.personal_data_seen.v1' order by seq`,
      [tx.orgId],
    ),
  );
const SHOTS = process.env['ZHANGGUI_SHOTS']; // where pictures go when somebody wants to look
const shot = (name: string, png: Buffer): void => {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  writeFileSync(`${SHOTS}/${name}.png`, png);
};

/** The characters a document holds: a masked name is not in it at all. */
function charactersOf(pdf: Buffer): Set<string> {
  const raw = pdf.toString('latin1');
  const found = new Set<string>();
  for (const m of raw.matchAll(/stream\r?\n/g)) {
    const from = (m.index ?? 0) + m[0].length;
    try {
      const plain = inflateSync(pdf.subarray(from, raw.indexOf('endstream', from))).toString('latin1');
      if (plain.includes('beginbfrange'))
        for (const [, code = ''] of plain.matchAll(/<([0-9a-f]{4})>(?=[\s\]])/g))
          found.add(String.fromCharCode(Number.parseInt(code, 16)));
    } catch {
      // not compressed: no character map
    }
  }
  return found;
}

test('FUL-5 a label is 100 × 150 mm, and a scanner reads parcel, waybill and QR code off the printed page', async () => {
  const parcel = await shipped(h, { POT: 1, ICE: 1 });
  for (const locale of ['zh-CN', 'en']) {
    const pages = await seePages(await bytes(`/api/v1/parcels/${parcel.id}/label.pdf`, {}, locale));
    const [page] = pages;
    assert.ok(page);
    shot(`label-${locale}`, page.png);
    assert.equal(pages.length, 1);
    assert.deepEqual([Math.round(page.widthMm), Math.round(page.heightMm)], [100, 150]);
    assert.deepEqual(
      page.codes.toSorted((a, b) => (a.format + a.text < b.format + b.text ? -1 : 1)),
      [
        { format: 'Code128', text: parcel.parcelNo },
        { format: 'Code128', text: parcel.waybillNo },
        { format: 'QRCode', text: parcel.parcelNo },
      ],
    );
    for (const { text } of page.codes)
      assert.equal(
        (await h.get(`/api/v1/parcels/by-code/${text}`)).body.parcels[0].id,
        parcel.id,
        'the packing table knows it',
      );
  }
});

test('FUL-5 before it ships a label carries its own number, and the slip and every language can be scanned too', async () => {
  const parcel = await packed(h, { CAN: 2, A: 1 });
  const [label] = await seePages(await bytes(`/api/v1/parcels/${parcel.id}/label.pdf`));
  assert.deepEqual(new Set(label?.codes.map((c) => c.text)), new Set([parcel.parcelNo]));
  for (const locale of ['zh-CN', 'en']) {
    const [slip] = await seePages(await bytes(`/api/v1/parcels/${parcel.id}/slip.pdf`, {}, locale));
    assert.ok(slip);
    shot(`slip-${locale}`, slip.png);
    assert.deepEqual(slip.codes, [{ format: 'Code128', text: parcel.parcelNo }]);
    assert.deepEqual([Math.round(slip.widthMm), Math.round(slip.heightMm)], [210, 297]);
  }
});

test('FUL-5 who prints a label has seen where people live: that is recorded, and names are masked unless a setting says otherwise', async () => {
  const parcel = await packed(h, { CAN: 1 });
  h.as.current = someone(h, 'packer-9', ['fulfilment.label.print']);
  const before = (await looks()).length;
  const masked = charactersOf(await bytes(`/api/v1/parcels/${parcel.id}/label.pdf`));
  assert.ok(masked.has('张') && !masked.has('三'), 'the given name is not in the document');
  const [look] = (await looks()).slice(before);
  assert.deepEqual([look?.key, look?.data.fields, look?.data.reason], [parcel.orderId, ['address'], 'label']);
  await withSettings(h, { labelReceiver: 'full' }, async () => {
    assert.ok(charactersOf(await bytes(`/api/v1/parcels/${parcel.id}/label.pdf`)).has('三'));
    assert.deepEqual((await looks()).at(-1)?.data.fields, ['name', 'phone', 'address']);
  });
  h.as.current = someone(h, 'reader', ['fulfilment.parcel.read']);
  assert.equal((await h.get(`/api/v1/parcels/${parcel.id}/label.pdf`)).status, 403);
});

test('FUL-5 labels of many come as one document in the order named; one that is not to be seen refuses all', async () => {
  const parcels = [];
  for (let i = 0; i < 12; i += 1) parcels.push(await (i % 2 ? packed : shipped)(h, { CAN: 1 }));
  const ids = parcels.map((p) => p.id).toReversed();
  const print = (parcelIds: string[]) => ({ method: 'POST', body: JSON.stringify({ parcelIds }) });
  const pages = await seePages(await bytes('/api/v1/parcels/labels', print([...ids, ids[0] as string])));
  assert.deepEqual(
    pages.map((p) => p.codes.find((c) => c.format === 'QRCode')?.text),
    parcels.map((p) => p.parcelNo).toReversed(),
    'each once',
  );
  const before = (await looks()).length;
  const refused = await h.post('/api/v1/parcels/labels', { parcelIds: [ids[0], randomUUID()] });
  assert.deepEqual([refused.status, refused.body.code, (await looks()).length], [404, 'parcel_not_found', before]);
  const many = Array.from({ length: 501 }, () => randomUUID());
  assert.equal((await h.post('/api/v1/parcels/labels', { parcelIds: many })).status, 400);
  await h.must(`/api/v1/parcels/${parcels[1]?.id}/cancel`, {});
  const apart = await h.post('/api/v1/parcels/labels', { parcelIds: [parcels[1]?.id] });
  assert.deepEqual([apart.status, apart.body.code], [409, 'transition_refused']);
});

const label = (more: Partial<Label>): Label => ({
  parcelNo: '2611280000079204',
  orderNo: '26112800000017',
  carrier: '顺丰速运',
  waybillNo: 'SF1000000000001',
  receiver: { name: '张*', phone: '138****0000', address: '上海市黄浦区人民路1号' },
  sender: { name: '主店 · 上海一号仓', address: '上海市松江区' },
  piece: 1,
  pieces: 1,
  units: 1,
  weightG: 1_000,
  marks: [],
  carton: null,
  ...more,
});

test('FUL-5 the longest that can stand on a label stays on one page, and its codes can be read', async () => {
  const long = label({
    waybillNo: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCD'.slice(0, 30),
    carrier: '一个名字特别长的承运商有限责任公司上海分公司',
    receiver: { name: '欧**明', phone: '+86138****0000', address: '新疆维吾尔自治区某某自治州某某县'.repeat(18) },
    sender: {
      name: '名字很长的店铺旗舰店官方直营 · 上海一号智能仓',
      address: '上海市松江区某某路88号某某物流园'.repeat(3),
    },
    marks: ['fragile', 'chilled', 'frozen'],
    carton: 'CARTON-WITH-A-LONG-CODE-OF-40-CHARACTERS',
  });
  const pages = await seePages(await renderPdf(labelsPdf([long, label({})], 'en')));
  shot('label-long', pages[0]?.png ?? Buffer.alloc(0));
  assert.equal(pages.length, 2);
  assert.deepEqual(new Set(pages[0]?.codes.map((c) => c.text)), new Set([long.parcelNo, long.waybillNo]));
  assert.equal(pages[1]?.codes.length, 3);
});

test('FUL-5 sixty labels take well below the share of ten seconds that they are of five hundred', async () => {
  const labels = Array.from({ length: 60 }, (_, i) =>
    label({ parcelNo: String(2611280000000000 + i), waybillNo: `SF${1e12 + i}` }),
  );
  await renderPdf(labelsPdf(labels.slice(0, 1), 'zh-CN')); // the thread and the font are there
  const began = process.cpuUsage();
  const pdf = await renderPdf(labelsPdf(labels, 'zh-CN'));
  const used = process.cpuUsage(began);
  const ms = (used.user + used.system) / 1000;
  assert.ok(pdf.length > 100_000);
  assert.ok(ms < (10_000 * 60) / 500, `${ms} ms of processor time`);
});
