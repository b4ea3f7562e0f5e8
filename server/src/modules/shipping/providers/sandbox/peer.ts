import { randomBytes } from 'node:crypto';
import type { Db } from '#kernel/db/index.ts';
import type { Log } from '#kernel/log.ts';
import type { NodeCode } from '../../domain/track.ts';
import { baseUrl } from '../../port.ts';
import { sandboxKey, signHeaders } from './key.ts';

const PUSH_TIMEOUT_MS = 15_000;

const WORDS: Readonly<Record<NodeCode, string>> = {
  collected: '快件已揽收',
  in_transit: '快件正发往下一站',
  out_for_delivery: '快件正在派送，请保持电话畅通',
  delivered: '快件已签收，感谢使用',
  exception: '派送异常，正在核实',
  returning: '快件正在退回寄件人',
  returned: '快件已退回寄件人',
};

export type PushedNode = { at: string; code: NodeCode; text: string };

/** The node as the sandbox carrier words it. */
export const nodeAt = (at: Date, code: NodeCode): PushedNode => ({ at: at.toISOString(), code, text: WORDS[code] });

/** Sends one signed push over HTTP, as a carrier would; returns the status answered, 0 when there was no answer. */
export async function sendPush(
  env: { db: Db; log: Log },
  says: { waybillNo: string; nodes: readonly PushedNode[] },
  now: Date,
): Promise<number> {
  const nonce = randomBytes(16).toString('hex');
  const timestamp = Math.floor(now.getTime() / 1000);
  const body = Buffer.from(JSON.stringify({ ...says, timestamp, nonce }));
  const headers = signHeaders(await sandboxKey(env.db), body, timestamp, nonce);
  try {
    const response = await fetch(`${baseUrl()}/api/v1/callbacks/carriers/sandbox`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      signal: AbortSignal.timeout(PUSH_TIMEOUT_MS),
    });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    env.log.warn({ err: error }, 'sandbox carrier: the push was not answered');
    return 0;
  }
}
