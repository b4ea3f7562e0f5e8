import assert from 'node:assert/strict';
import { test } from 'node:test';
import fastify from 'fastify';
import { shedLoad } from './shed.ts';

const block = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

test('PLT-4 a process that cannot keep up says so, and takes requests again once it can', async () => {
  const app = fastify();
  shedLoad(app, 300);
  app.get('/', async () => 'ok');
  const ask = async (): Promise<number> => (await app.inject('/')).statusCode;
  assert.equal(await ask(), 200);
  let refused = false;
  for (let i = 0; i < 20 && !refused; i += 1) {
    block(700);
    await new Promise((resolve) => setTimeout(resolve, 1));
    refused = (await ask()) !== 200;
  }
  assert.equal(refused, true);
  const until = Date.now() + 20_000;
  while ((await ask()) !== 200) {
    assert.ok(Date.now() < until, 'it recovers');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await app.close();
});
