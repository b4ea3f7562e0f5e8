import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, test } from 'node:test';
import { ServerProcess } from './support/server-process.ts';

const server = await ServerProcess.create();
after(() => server.discard());

const ready = async (): Promise<boolean> => (await fetch(`${server.url}/readyz`)).status === 200;

test('PLT-4 an embedded database that is killed is started again under the running server', async () => {
  await server.start();
  assert.equal(await ready(), true);
  server.killDatabase();
  let refused = false;
  const until = Date.now() + 60_000;
  for (;;) {
    const up = await ready();
    refused ||= !up;
    if (up && refused) break;
    assert.ok(Date.now() < until, `the database did not come back: ${server.said}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.equal(server.isRunning, true);
  const pidFile = server.postmasterFile;
  assert.equal(existsSync(pidFile), true);
  assert.equal(await server.end('SIGTERM'), 0);
  assert.equal(existsSync(pidFile), false, 'the database started again is stopped with the server');
});
