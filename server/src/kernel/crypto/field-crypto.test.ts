import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { Db } from '../db/index.ts';
import { newId } from '../ids.ts';
import { freshDatabase } from '../testing/database.ts';
import {
  createFieldCrypto,
  deriveKey,
  deriveSecret,
  KeysNotLoaded,
  MasterSecretMismatch,
  rewrap,
  SealBroken,
} from './index.ts';
import { Nonces } from './nonces.ts';

const SECRET = 'correct horse battery staple';
const database = await freshDatabase();
const db = new Db({ url: database.url });
after(async () => {
  await db.close();
  await database[Symbol.asyncDispose]();
});

async function loaded(orgId = newId(), secret = SECRET) {
  const crypto = createFieldCrypto({ db, secret });
  await crypto.load(orgId);
  return { crypto, orgId };
}

test('CMP-1 what is sealed opens again, and only as it was sealed', async () => {
  const { crypto, orgId } = await loaded();
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      assert.equal(crypto.open(orgId, crypto.seal(orgId, text, 'phone'), 'phone'), text);
    }),
  );
  const sealed = crypto.seal(orgId, '浙江省杭州市西湖区文三路1号', 'address');
  assert.equal(sealed.length, 1 + 2 + 12 + Buffer.byteLength('浙江省杭州市西湖区文三路1号') + 16);
  assert.equal(sealed.includes(Buffer.from('杭州')), false);
  assert.throws(() => crypto.open(orgId, sealed, 'phone'), SealBroken);
  for (let i = 0; i < sealed.length; i += 1) {
    const damaged = Buffer.from(sealed);
    damaged[i] = (damaged[i] ?? 0) ^ 1;
    assert.throws(() => crypto.open(orgId, damaged, 'address'), SealBroken, `byte ${i}`);
  }
  assert.throws(() => crypto.open(orgId, Buffer.alloc(0)), SealBroken);
});

test('CMP-1 two organisations cannot open each other’s data, nor compare it', async () => {
  const { crypto, orgId } = await loaded();
  const other = newId();
  await crypto.load(other);
  assert.throws(() => crypto.open(other, crypto.seal(orgId, '张三')), SealBroken);
  const index = crypto.blindIndex(orgId, 'phone', '13800138000');
  assert.equal(index.length, 16);
  assert.deepEqual(crypto.blindIndex(orgId, 'phone', '13800138000'), index);
  assert.notDeepEqual(crypto.blindIndex(other, 'phone', '13800138000'), index);
  assert.notDeepEqual(crypto.blindIndex(orgId, 'name', '13800138000'), index);
});

test('CMP-1 nodes that make an organisation’s first keys at the same time end with the same keys', async () => {
  const orgId = newId();
  const nodes = Array.from({ length: 8 }, () => createFieldCrypto({ db, secret: SECRET }));
  await Promise.all(nodes.map((node) => node.load(orgId)));
  const [first] = nodes;
  assert.ok(first);
  const sealed = first.seal(orgId, '张三');
  const index = first.blindIndex(orgId, 'name', '张三');
  for (const node of nodes) {
    assert.equal(node.open(orgId, sealed), '张三');
    assert.deepEqual(node.blindIndex(orgId, 'name', '张三'), index);
  }
});

test('CMP-1 after a rotation new data has the new key, old data still opens, indexes stay', async () => {
  const { crypto, orgId } = await loaded();
  const old = crypto.seal(orgId, '旧');
  const index = crypto.blindIndex(orgId, 'phone', '1');
  assert.equal(await crypto.rotate(orgId, 0), 2);
  const fresh = crypto.seal(orgId, '新');
  assert.deepEqual([crypto.keyNoOf(old), crypto.keyNoOf(fresh)], [1, 2]);
  assert.deepEqual([crypto.open(orgId, old), crypto.open(orgId, fresh)], ['旧', '新']);
  assert.deepEqual(crypto.blindIndex(orgId, 'phone', '1'), index);
  const [a, b] = await Promise.all([crypto.rotate(orgId, 0), crypto.rotate(orgId, 0)]);
  assert.deepEqual([a, b].toSorted(), [3, 4]);
});

test('CMP-1 a rotated key seals only after every node has had time to read it', async () => {
  let now = Date.parse('2026-01-02T03:04:05Z');
  const orgId = newId();
  const [here, there] = [1, 2].map(() => createFieldCrypto({ db, secret: SECRET, now: () => now }));
  assert.ok(here && there);
  await Promise.all([here.load(orgId), there.load(orgId)]);
  await here.rotate(orgId);
  assert.equal(here.keyNoOf(here.seal(orgId, 'x')), 1);
  now += 6 * 60_000;
  const sealed = here.seal(orgId, 'x');
  assert.equal(here.keyNoOf(sealed), 2);
  assert.throws(() => there.open(orgId, sealed), SealBroken); // it has not begun a request since
  await there.load(orgId);
  assert.equal(there.open(orgId, sealed), 'x');
});

test('CMP-1 keys are loaded before use, and the database holds them wrapped, out of the application role’s reach', async () => {
  const crypto = createFieldCrypto({ db, secret: SECRET });
  assert.throws(() => crypto.seal(newId(), 'x'), KeysNotLoaded);
  const orgId = newId();
  await crypto.load(orgId);
  await assert.rejects(
    db.read({ orgId }, (tx) => tx.query('select wrapped from kernel.data_keys')),
    /permission denied/,
  );
});

test('CMP-1 the wrong master secret is refused, and a moved key does not unwrap', async () => {
  const { orgId } = await loaded();
  await assert.rejects(loaded(orgId, 'another secret entirely'), MasterSecretMismatch);
  const { orgId: other } = await loaded();
  await db.systemTx((tx) =>
    tx.query(
      `update kernel.data_keys k set wrapped = o.wrapped from kernel.data_keys o
        where k.org_id = $1 and o.org_id = $2 and k.key_no = o.key_no`,
      [orgId, other],
    ),
  );
  await assert.rejects(loaded(orgId), MasterSecretMismatch);
  await db.systemTx((tx) => tx.query('delete from kernel.data_keys where org_id = $1', [orgId]));
});

test('CMP-1 a new master secret takes over all keys, or none', async () => {
  const { crypto, orgId } = await loaded();
  const sealed = crypto.seal(orgId, '张三');
  const secret = 'the secret after the move';
  await assert.rejects(rewrap(db, 'not the secret at all', secret), MasterSecretMismatch);
  assert.ok((await rewrap(db, SECRET, secret)) >= 2);
  assert.equal((await loaded(orgId, secret)).crypto.open(orgId, sealed), '张三');
  await assert.rejects(loaded(orgId, SECRET), MasterSecretMismatch);
  await rewrap(db, secret, SECRET);
});

test('CMP-1 a secret setting is sealed under its name', async () => {
  const { crypto, orgId } = await loaded();
  const sealed = crypto.sealSecret(orgId, 'sandbox.key', 's3cret');
  assert.match(sealed, /^sealed:[\w+/=]+$/);
  assert.equal(crypto.openSecret(orgId, 'sandbox.key', sealed), 's3cret');
  assert.throws(() => crypto.openSecret(orgId, 'other.key', sealed), SealBroken);
  assert.throws(() => crypto.openSecret(orgId, 'sandbox.key', 's3cret'), SealBroken);
});

test('CMP-1 secrets derived for one purpose tell nothing about another', () => {
  assert.equal(deriveSecret(SECRET, 'log-in'), deriveSecret(SECRET, 'log-in'));
  assert.notEqual(deriveSecret(SECRET, 'log-in'), deriveSecret(SECRET, 'cursors'));
  assert.equal(deriveKey(SECRET, 'log-in').length, 32);
  assert.throws(() => deriveKey('too short', 'log-in'), RangeError);
});

test('CMP-1 nonces never repeat, also when the counter starts again', () => {
  const nonces = new Nonces(100);
  const out = Buffer.alloc(14);
  const seen = Array.from({ length: 1_000 }, () => {
    nonces.writeTo(out, 1);
    return out.toString('hex', 1, 13);
  });
  assert.equal(new Set(seen).size, 1_000);
  assert.equal(new Set(seen.map((nonce) => nonce.slice(0, 16))).size, 10);
  assert.deepEqual([out[0], out[13]], [0, 0]);
});

test('CMP-1 sealing 200 bytes is cheap enough for the order intake', async (t) => {
  const { crypto, orgId } = await loaded();
  const text = '浙江省杭州市西湖区文三路'.repeat(6).slice(0, 66); // 198 bytes
  const rounds = 20_000;
  const best_us = { seal: Infinity, open: Infinity };
  const sealed = crypto.seal(orgId, text, 'address');
  for (let turn = 0; turn < 4; turn += 1) {
    const t0 = process.hrtime.bigint();
    for (let i = 0; i < rounds; i += 1) crypto.seal(orgId, text, 'address');
    const t1 = process.hrtime.bigint();
    for (let i = 0; i < rounds; i += 1) crypto.open(orgId, sealed, 'address');
    best_us.seal = Math.min(best_us.seal, Number(t1 - t0) / rounds / 1_000);
    best_us.open = Math.min(best_us.open, Number(process.hrtime.bigint() - t1) / rounds / 1_000);
  }
  t.diagnostic(`seal ${best_us.seal.toFixed(2)} µs, open ${best_us.open.toFixed(2)} µs`);
  assert.ok(best_us.seal <= 24 && best_us.open <= 24, 'four times the target, for a busy test machine');
});
