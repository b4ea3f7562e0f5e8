import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusedAddress, literalAddress } from './addresses.ts';
import { matches } from './fan-out.ts';

const INSIDE = [
  '127.0.0.1',
  '127.9.9.9',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '::1',
  'fd12::1',
];
const NEVER = [
  '0.0.0.0',
  '169.254.169.254',
  '169.254.1.1',
  '100.100.100.200',
  '224.0.0.1',
  '255.255.255.255',
  '198.18.0.1',
  '::',
  'fe80::1',
  'fd00:ec2::254',
  'ff02::1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::1',
  '2001:0:1::1',
  '::ffff:169.254.169.254',
  '::7f00:1',
  'not an address',
  '',
];
const OPEN = ['1.1.1.1', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '::ffff:1.1.1.1'];

test('PLT-3 webhooks are sent to no address of the inside unless allowed, and to link-local ones never', () => {
  for (const address of [...INSIDE, '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:7f00:1']) {
    assert.equal(isRefusedAddress(address, false), true, address);
  }
  for (const address of INSIDE) assert.equal(isRefusedAddress(address, true), false, address);
  for (const address of NEVER) {
    assert.equal(isRefusedAddress(address, false), true, address);
    assert.equal(isRefusedAddress(address, true), true, address);
  }
  for (const address of OPEN) assert.equal(isRefusedAddress(address, false), false, address);
});

test('PLT-3 an address written in an unusual way is still that address', () => {
  for (const host of ['2130706433', '0x7f.1', '0177.0.0.1', '127.1', '[::ffff:127.0.0.1]', '[0:0:0:0:0:0:0:1]']) {
    const literal = literalAddress(new URL(`https://${host}/`));
    assert.ok(literal !== undefined && isRefusedAddress(literal, false), `${host} is ${literal}`);
  }
  assert.equal(literalAddress(new URL('https://example.com/')), undefined);
});

test('PLT-3 a pattern stands for one event, its versions, a module or everything', () => {
  const type = 'orders.order_placed.v1';
  for (const pattern of ['*', 'orders.*', 'orders.order_placed.*', type]) assert.ok(matches(pattern, type), pattern);
  for (const pattern of ['order.*', 'orders', 'orders.order_placed', 'payments.*', 'orders.order_placed.v2'])
    assert.ok(!matches(pattern, type), pattern);
});
