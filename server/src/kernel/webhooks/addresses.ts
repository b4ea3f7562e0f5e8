import { BlockList, isIP } from 'node:net';

/** A network of the inside: only with the organisation's `webhooks.allowInsecure`. */
const INSIDE = new BlockList();
for (const [net, bits] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  INSIDE.addSubnet(net, bits, 'ipv4');
INSIDE.addAddress('::1', 'ipv6');
INSIDE.addSubnet('fc00::', 7, 'ipv6');

/** Never a receiver: this host, link-local with the metadata services of clouds, documentation, multicast, broadcast. */
const NEVER = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  NEVER.addSubnet(net, bits, 'ipv4');
NEVER.addAddress('100.100.100.200', 'ipv4'); // metadata service within a carrier's range
NEVER.addAddress('fd00:ec2::254', 'ipv6'); // metadata service within a private range
for (const [net, bits] of [
  ['2001::', 23], // Teredo and other tunnels: the address inside cannot be judged
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4
] as const)
  NEVER.addSubnet(net, bits, 'ipv6');

const GLOBAL = new BlockList();
GLOBAL.addSubnet('2000::', 3, 'ipv6');

/**
 * Whether a webhook must not be sent to this address. Whatever is not an address is refused, and so is every IPv6
 * address outside the global range, so that tunnels, translated and future ranges are closed by default.
 */
export function isRefusedAddress(address: string, allowInside: boolean): boolean {
  const version = isIP(address);
  if (version === 0) return true;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isRefusedAddress(mapped, allowInside);
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (NEVER.check(address, family)) return true;
  if (INSIDE.check(address, family)) return !allowInside;
  return family === 'ipv6' && !GLOBAL.check(address, family);
}

/** The address a URL names by digits, undefined when it names a host. */
export function literalAddress(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? undefined : host;
}
