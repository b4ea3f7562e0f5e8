import { createHash, createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import { deriveKey, fieldCrypto, normalisePhone } from '#kernel/crypto/index.ts';
import type { Db, Tx } from '#kernel/db/index.ts';
import { RateLimited } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { defineJob } from '#kernel/jobs/index.ts';
import { notify } from '#kernel/notifications/index.ts';
import { after, HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import { CodeRefused, PhoneSignInOff } from './errors.ts';
import { portalSettings } from './settings.ts';
import {
  countAsked,
  countTry,
  customersOfPhone,
  insertCode,
  lockAsking,
  lockCode,
  saveCode,
  useCode,
} from './store.ts';

const DIGITS = 6;
const SEALED_AS = 'customers.portal_code';

let key: Buffer | undefined;
let ordersKnow: (tx: Tx, phoneIdx: Buffer) => Promise<boolean> = async () => false;

/** Sets the secret codes are hashed with, and who knows whether a number has orders. Once, by the composition root. */
export function usePortalCodes(options: { secret: string; ordersKnow: typeof ordersKnow }): void {
  key = deriveKey(options.secret, 'portal.codes');
  ordersKnow = options.ordersKnow;
}

/** Six digits are soon tried out: without the server's secret the hash tells nothing. */
const hashOf = (orgId: string, id: string, code: string): Buffer =>
  createHmac('sha256', present(key, 'portal codes are set up')).update(`${orgId}|${id}|${code}`).digest();

/** The number as it is looked for. The organisation's keys must be loaded. */
export const phoneIndex = (orgId: string, phone: string): Buffer =>
  fieldCrypto.blindIndex(orgId, 'phone', normalisePhone(phone));

/**
 * Takes down that a number asks for a code. Whether anybody has this number is found out later and told to nobody: known or
 * not, the same rows are written and the same is answered. @throws RateLimited, PhoneSignInOff.
 */
export async function askForCode(tx: Tx, ctx: Ctx, input: { phone: string; address: string }): Promise<void> {
  const settings = await portalSettings.get(tx);
  if (!settings.phoneSignIn) throw new PhoneSignInOff();
  const phone = normalisePhone(input.phone);
  const phone_idx = phoneIndex(tx.orgId, phone);
  const address_hash = createHash('sha256').update(`${tx.orgId}|${input.address}`).digest();
  await lockAsking(tx, [`p${phone_idx.toString('hex')}`, `a${address_hash.toString('hex')}`]);
  const asked = await countAsked(tx, phone_idx, address_hash, after(ctx.now, -HOUR_MS));
  if (asked.phone >= settings.codesPerPhoneHour || asked.address >= settings.codesPerAddressHour)
    throw Object.assign(new RateLimited(), { retryAfterS: HOUR_MS / 1000 });
  const id = newId(ctx.now.getTime());
  await insertCode(tx, {
    id,
    phone_idx,
    phone_sealed: fieldCrypto.seal(tx.orgId, phone, SEALED_AS),
    address_hash,
    locale: ctx.locale,
    at: ctx.now,
    expires_at: after(ctx.now, settings.codeMinutes * MINUTE_MS),
  });
  await sendCode.enqueue(tx, ctx, { codeId: id }, { key: id });
}

/** Makes the code and has it sent, if the number is that of a customer. Run twice, the second does nothing. */
export const sendCode = defineJob({
  name: 'customers.send_portal_code',
  input: z.object({ codeId: z.uuid() }),
  attemptsMax: 5,
  run: async (env, { codeId }, ctx) => {
    await fieldCrypto.load(ctx.orgId);
    await env.db.inTx(ctx, async (tx) => {
      const row = await lockCode(tx, codeId);
      if (!row || row.code_hash !== null || row.expires_at <= ctx.now) return;
      const [customerId] = await customersOfPhone(tx, row.phone_idx);
      if (customerId === undefined && !(await ordersKnow(tx, row.phone_idx))) return;
      const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
      await saveCode(tx, row.id, hashOf(tx.orgId, row.id, code));
      await notify(tx, ctx, {
        template: 'customers.portal_code',
        to: {
          kind: 'customer',
          id: customerId ?? row.id,
          phone: fieldCrypto.open(tx.orgId, row.phone_sealed, SEALED_AS),
          locale: row.locale,
        },
        dedupeKey: `portal_code:${row.id}`,
        data: { minutes: (await portalSettings.get(tx)).codeMinutes },
        secret: { code },
        channels: ['sms'],
        expiresAt: row.expires_at,
      });
    });
  },
});

/**
 * Takes a code for its number, once. A try is counted and committed before the code is compared, so that however many arrive
 * at once, on however many nodes, only so many are ever tried. @throws CodeRefused, always the same.
 */
export async function takeCode(
  db: Db,
  ctx: Ctx,
  input: { phone: string; code: string },
): Promise<{ codeId: string; phoneIdx: Buffer; phone: string }> {
  const phone = normalisePhone(input.phone);
  const phoneIdx = phoneIndex(ctx.orgId, phone);
  const tried = await db.inTx(ctx, async (tx) =>
    countTry(tx, phoneIdx, (await portalSettings.get(tx)).codeAttempts, ctx.now),
  );
  const given = hashOf(ctx.orgId, tried?.id ?? '', input.code);
  const right = tried?.code_hash ?? Buffer.alloc(given.length); // nothing hashes to zeros: the work is the same
  const equal = timingSafeEqual(given, right);
  if (!tried || !equal) throw new CodeRefused();
  return { codeId: tried.id, phoneIdx, phone };
}

/** Marks a code that was right as used, in the transaction that opens the session. @throws CodeRefused when another was faster */
export async function spendCode(tx: Tx, ctx: Ctx, codeId: string): Promise<void> {
  if (!(await useCode(tx, codeId, ctx.now))) throw new CodeRefused();
}
