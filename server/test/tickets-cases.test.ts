import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { type Answer, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { type Cases, casesOf } from './support/cases.ts';
import { parcelsOf } from './support/parcels.ts';
import { expectStatus, openShop, place } from './support/shop.ts';

type Body = Answer['body'];
let app: TestApp;
let org: TestOrg;
let cs: Cases;
before(async () => {
  app = await testApp();
  org = await app.org();
  await app.person('shop');
  cs = casesOf(org, parcelsOf(app, org));
  await openShop(org, [{ sku: 'A', price: 1000, stock: { W1: 1000 } }]);
});
after(() => app.close());
afterEach(async () => {
  await app.settleDown();
  assert.deepEqual(await app.faults(), []);
});

let buyers = 0;
async function aCase(over: object = {}): Promise<{ opened: Body; order: Body }> {
  buyers += 1;
  const order = await cs.delivered([{ sku: 'A', quantity: 2 }], {
    customer: { externalId: `asks-${buyers}` },
    ...over,
  });
  const opened = await cs.open(order.id, 'return', [{ lineId: order.lines[0].id, quantity: 1 }]);
  return { opened, order };
}
const ticket = async (over: object = {}): Promise<Body> =>
  expectStatus(
    await org.post('/tickets', { category: 'aftersales', subject: '退货进度', body: '什么时候退款？', ...over }),
    201,
  );
const about = async (caseId: string): Promise<string[]> =>
  expectStatus(await org.get(`/tickets?caseId=${caseId}`), 200).items.map((t: Body) => t.no);

test('SUP-2 a ticket opened about a case is its customer’s and its order’s, and each page finds the other', async () => {
  const { opened, order } = await aCase();
  const byId = await ticket({ caseId: opened.id });
  assert.deepEqual([byId.orderId, byId.customer.id], [order.id, opened.customer.id]);
  assert.deepEqual(byId.cases, [{ id: opened.id, no: opened.no, type: 'return', status: 'submitted' }]);
  assert.deepEqual(byId.links.map((l: Body) => [l.kind, l.label]).toSorted(), [
    ['after_sale', opened.no],
    ['order', order.orderNo],
  ]);
  const byNo = await ticket({ caseId: opened.no.toLowerCase(), orderId: order.orderNo });
  assert.deepEqual((await about(opened.id)).toSorted(), [byId.no, byNo.no].toSorted());
  await cs.act(opened.id, 'approve');
  const now = expectStatus(await org.get(`/tickets/${byId.id}`), 200);
  assert.equal(now.cases[0].status, 'approved', 'it is shown as it stands, not as it stood');
  const other = await aCase();
  assert.deepEqual(await about(other.opened.id), []);
});

test('SUP-2 a case is linked and unlinked later; one that there is not, or of somebody else, is refused', async () => {
  const { opened, order } = await aCase();
  const { opened: others, order: othersOrder } = await aCase();
  const made = await ticket({ orderId: order.id });
  const link = (ref: string, ticketId = made.id) => org.post(`/tickets/${ticketId}/links`, { kind: 'after_sale', ref });
  for (const ref of ['AS000', '00000000-0000-7000-8000-000000000000', others.id, others.no]) {
    const refused = await link(ref);
    assert.deepEqual([refused.status, refused.body.code], [422, 'ticket_link_unknown'], ref);
  }
  const linked = expectStatus(await link(opened.no), 200);
  assert.deepEqual(
    linked.cases.map((c: Body) => c.no),
    [opened.no],
  );
  assert.equal(expectStatus(await link(opened.id), 200).links.length, 2, 'linking it again changes nothing');
  assert.deepEqual(await about(opened.id), [made.no]);
  for (const wrong of [
    { caseId: 'AS000' },
    { caseId: opened.id, orderId: othersOrder.id },
    { caseId: opened.id, customerId: others.customer.id },
  ]) {
    const refused = await org.post('/tickets', { category: 'aftersales', subject: 'x', body: 'x', ...wrong });
    assert.match(refused.body.code, /^ticket_(link_unknown|order_of_another)$/, JSON.stringify(wrong));
  }
  expectStatus(await org.api('DELETE', `/tickets/${made.id}/links/after_sale/${opened.id}`), 200);
  assert.deepEqual(await about(opened.id), []);
  const nobodys = await ticket();
  assert.equal(expectStatus(await link(opened.id, nobodys.id), 200).cases.length, 1);
});

test('SUP-2 an agent of another shop links no case they do not see, and learns nothing of one that is linked', async () => {
  const { opened } = await aCase();
  const second = expectStatus(await org.post('/shops', { code: 'S2', name: '二号店' }), 201);
  const elsewhere = await app.person('shop', ['agent'], { shops: [second.id] });
  const nobodys = await ticket();
  const refused = await elsewhere.post(`/tickets/${nobodys.id}/links`, { kind: 'after_sale', ref: opened.no });
  assert.deepEqual([refused.status, refused.body.code], [422, 'ticket_link_unknown']);
  expectStatus(await org.post(`/tickets/${nobodys.id}/links`, { kind: 'after_sale', ref: opened.no }), 200);
  const seen = expectStatus(await elsewhere.get(`/tickets/${nobodys.id}`), 200);
  assert.deepEqual(seen.cases, [], 'how the case stands is for those who see its shop');
  const bound = await ticket({ caseId: opened.id });
  assert.equal((await elsewhere.get(`/tickets/${bound.id}`)).status, 404);
  const { items } = expectStatus(await elsewhere.get(`/tickets?caseId=${opened.id}`), 200);
  assert.deepEqual(
    items.map((t: Body) => t.no),
    [nobodys.no],
  );
  const inSecond = await place(org, { shop: 'S2', payment: 'prepaid', lines: [{ sku: 'A', quantity: 1 }] });
  const ofSecond = await ticket({ orderId: inSecond.id });
  const across = await org.post(`/tickets/${ofSecond.id}/links`, { kind: 'after_sale', ref: opened.no });
  assert.equal(across.body.code, 'ticket_link_unknown', 'a ticket of another shop is not about it');
});
