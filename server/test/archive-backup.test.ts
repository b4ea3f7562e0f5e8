import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { backup, restore } from '#app/backup/index.ts';
import { doctor } from '#app/doctor.ts';
import { systemCtx } from '#kernel/context.ts';
import { fileStore } from '#kernel/files/index.ts';
import { silentLog } from '#kernel/log.ts';
import { archiveOrders, restoreMonth } from '#modules/orders/index.ts';
import { testApp } from './support/app.ts';
import { copyOrders, everything } from './support/old-orders.ts';
import { expectStatus, openShop, place } from './support/shop.ts';

const YEARS_AGO = new Date('2023-05-14T03:04:05.678Z');

test('ORD-15 a backup holds the archive: restored elsewhere its orders open and come back; a lost file is told', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'zhanggui-archive-'));
  const file = path.join(folder, 'all.backup');
  const from = await testApp();
  let was: Record<string, string[]>;
  let id = '';
  try {
    const org = await from.org();
    await openShop(org, [{ sku: 'A', stock: { W1: 10 } }]);
    const template = (await place(org)).id;
    [id = ''] = await copyOrders(from.db, org.id, template, [{ at: YEARS_AGO }, { at: YEARS_AGO }]);
    was = await everything(from.db, org.id);
    await archiveOrders({ db: from.db, log: silentLog }, systemCtx(org.id));
    const done = await backup(from.app, file);
    assert.deepEqual([done.files, done.missing], [1, 0]);
  } finally {
    await from.close();
  }
  const to = await testApp(); // files and keys are those of the product opened last
  try {
    await restore(to.app, file, { force: true });
    const org = await to.org();
    assert.equal(expectStatus(await org.get(`/orders/${id}`), 200).archived, true);
    assert.deepEqual(
      (await doctor(to.db)).flatMap((f) => f.faults),
      [],
    );
    await restoreMonth({ db: to.db, log: silentLog }, systemCtx(org.id), '2023-05');
    assert.deepEqual(await everything(to.db, org.id), was);
    await archiveOrders({ db: to.db, log: silentLog }, systemCtx(org.id));
    const [{ sha256 = '' } = {}] = await to.db.systemTx((tx) =>
      tx.query<{ sha256: string }>(
        `select encode(sha256, 'hex') as sha256 from orders.archive_files where state = 'verified'`,
      ),
    );
    const at = (await fileStore().onDisk(org.id, sha256)) ?? '';
    await rm(at, { force: true });
    const faults = (await doctor(to.db)).flatMap((f) => f.faults);
    assert.match(faults.join(), /2023-05: the file with 2 orders is lost/);
    const lost = await org.get(`/orders/${id}`);
    assert.deepEqual([lost.status, lost.body.code], [409, 'archive_unreadable']);
    assert.equal((await org.get(`/orders?q=13800000000`)).status, 200);
  } finally {
    await to.close();
    await rm(folder, { recursive: true, force: true });
  }
});
