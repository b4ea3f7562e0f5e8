import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Queued, type QueueStorage, ScanQueue } from './scan-queue.ts';

function memory(): QueueStorage & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

class Refusal extends Error {}

/** A server that counts each scanId once, refuses what begins with "bad", and can be unreachable. */
function server() {
  const seen = new Map<string, string>();
  const calls: string[][] = [];
  const line = { up: true, loseAnswers: 0 };
  const send = async (batch: readonly Queued<string>[]): Promise<number> => {
    if (!line.up) throw new Error('network');
    calls.push(batch.map((b) => b.item));
    if (batch.some((b) => b.item.startsWith('bad'))) throw new Refusal('no such code');
    for (const b of batch) seen.set(b.scanId, b.item);
    if (line.loseAnswers > 0) {
      line.loseAnswers -= 1;
      throw new Error('network');
    }
    return seen.size;
  };
  return { seen, calls, line, send };
}

let ids = 0;
const queueAt = (
  house: ReturnType<typeof server>,
  storage: QueueStorage,
  sleep?: () => Promise<void>,
  over: { batchMax?: number } = {},
) =>
  new ScanQueue<string, number>({
    ...over,
    name: 'count 1',
    storage,
    send: house.send,
    refusal: (error) => (error instanceof Refusal ? error.message : undefined),
    newId: () => `id-${(ids += 1)}`,
    sleep: async (_ms, wake) => (sleep ? sleep() : wake),
  });

test('INV-5 scans arrive in the order they were made', async () => {
  const house = server();
  const queue = queueAt(house, memory());
  for (const item of ['a', 'b', 'c']) queue.add(item);
  queue.start();
  queue.add('d');
  await queue.settled();
  assert.deepEqual([...house.seen.values()], ['a', 'b', 'c', 'd']);
  assert.equal(queue.state.waiting.length, 0);
});

test('INV-5 a dropped connection keeps them, a reload too, and each counts once although its answer was lost', async () => {
  const house = server();
  const storage = memory();
  house.line.up = false;
  const first = queueAt(house, storage);
  first.start();
  for (const item of ['a', 'b']) first.add(item);
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual([first.state.offline, first.state.waiting.length], [true, 2]);
  first.stop(); // the page is closed
  await first.settled();
  const second = queueAt(house, storage, async () => undefined);
  assert.equal(second.state.waiting.length, 2);
  house.line.up = true;
  house.line.loseAnswers = 2;
  second.start();
  second.add('c');
  await second.settled();
  assert.deepEqual([...house.seen.values()].toSorted(), ['a', 'b', 'c']);
  assert.ok(house.calls.length >= 3, 'what got no answer was sent again');
  assert.deepEqual([second.state.offline, second.state.waiting.length, storage.kept.size], [false, 0, 0]);
});

test('INV-5 one bad scan among good ones takes none with it, and is kept until it has been seen', async () => {
  const house = server();
  const storage = memory();
  const queue = queueAt(house, storage);
  for (const item of ['a', 'bad', 'b']) queue.add(item);
  queue.start();
  await queue.settled();
  assert.deepEqual([...house.seen.values()], ['a', 'b']);
  assert.deepEqual(
    queueAt(house, storage).state.refused.map((r) => [r.item, r.why]),
    [['bad', 'no such code']],
  );
  queue.forget(queue.state.refused[0]?.scanId ?? '');
  assert.equal(storage.kept.size, 0);
});

test('INV-5 a try at once when the connection is back; storage that is closed or holds something else does no harm', async () => {
  const house = server();
  house.line.up = false;
  const broken: QueueStorage = {
    getItem: () => 'not json',
    setItem: () => {
      throw new Error('full');
    },
    removeItem: () => undefined,
  };
  const queue = queueAt(house, broken);
  queue.start();
  queue.add('a');
  await new Promise((resolve) => setTimeout(resolve, 5));
  house.line.up = true;
  queue.retry();
  await queue.settled();
  assert.deepEqual([...house.seen.values()], ['a']);
});

test('FUL-4 where each scan is answered for itself they are sent one by one, and a bad one holds up none', async () => {
  const house = server();
  const queue = queueAt(house, memory(), undefined, { batchMax: 1 });
  for (const item of ['a', 'bad', 'b']) queue.add(item);
  queue.start();
  await queue.settled();
  assert.deepEqual(house.calls, [['a'], ['bad'], ['b']]);
  assert.deepEqual(
    queue.state.refused.map((r) => r.item),
    ['bad'],
  );
});
