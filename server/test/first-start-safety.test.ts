import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, test } from 'node:test';
import { ServerProcess } from './support/server-process.ts';

const server = await ServerProcess.create({ ZHANGGUI_DEMO: '1' });
after(() => server.discard());

async function untilSaid(text: string | RegExp): Promise<void> {
  for (const until = Date.now() + 90_000; !server.said.match(text);) {
    assert.ok(Date.now() < until, `it never said ${text}: ${server.said}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('PLT-4 a first start that is interrupted leaves nothing running; the next makes the demo anew, and its log-ins open it', async () => {
  const interrupted = assert.rejects(server.start(), /the server ended/);
  await untilSaid('Making the demo shop');
  assert.equal(existsSync(server.postmasterFile), true);
  assert.equal(await server.end('SIGTERM'), 1);
  await interrupted;
  for (const until = Date.now() + 30_000; existsSync(server.postmasterFile);) {
    assert.ok(Date.now() < until, 'its database is told to stop, and does');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.doesNotMatch(server.said, /rror/);

  await server.start();
  await untilSaid('Ctrl-C stops everything');
  const [, email = '', password = ''] = /^ +admin +(\S+) +(\S+)$/m.exec(server.said) ?? [];
  const signedIn = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email, password }),
  });
  assert.equal(signedIn.status, 200, await signedIn.text());
  assert.match(server.said, /Demo customer: \S+ with 1\d{10};/);
  assert.equal(await server.end('SIGTERM'), 0);

  await server.start();
  await untilSaid('Ctrl-C stops everything');
  assert.doesNotMatch(server.said, /Making the demo|log-ins/, 'it is made, and its log-ins are told, once');
});
