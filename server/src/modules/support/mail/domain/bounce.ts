import { messageIdsIn } from './references.ts';

export type Bounce = {
  /** Message-IDs of the mail it is about, the likeliest first. */
  about: string[];
  /** `delayed` is no bounce yet: the other server goes on trying. */
  action: 'failed' | 'delayed';
  /** As RFC 3463 says it, such as `5.1.1`. */
  status: string;
};

/**
 * Reads a report of RFC 3464: its part `message/delivery-status`, and the head of the mail it is about. Undefined when nothing
 * failed or was delayed.
 */
export function readBounce(deliveryStatus: string, original: string): Bounce | undefined {
  const field = (name: string): string[] =>
    [...deliveryStatus.slice(0, 100_000).matchAll(new RegExp(`^${name}:[ \\t]*(.+)$`, 'gim'))].map((m) =>
      (m[1] ?? '').trim().toLowerCase(),
    );
  const actions = field('Action');
  const action = actions.some((a) => a.startsWith('failed'))
    ? 'failed'
    : actions.some((a) => a.startsWith('delayed'))
      ? 'delayed'
      : undefined;
  if (action === undefined) return undefined;
  const status =
    field('Status').find((s) => /^[245]\.\d{1,3}\.\d{1,3}/.test(s)) ?? (action === 'failed' ? '5.0.0' : '4.0.0');
  const head = original.slice(0, 100_000).replaceAll(/\r?\n[ \t]+/g, ' ');
  const own = [...head.matchAll(/^message-id:[ \t]*(\S+)/gim)].flatMap((m) => messageIdsIn(m[1]));
  return { about: [...new Set(own)], action, status: /^\S+/.exec(status)?.[0] ?? status };
}
