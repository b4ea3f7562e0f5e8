import { z } from 'zod';
import { fieldCrypto, maskName } from '#kernel/crypto/index.ts';

const Payee = z.object({ payee: z.string(), bank: z.string(), branch: z.string(), account: z.string() });
/** Whom money is paid to, and where. */
export type Payee = z.infer<typeof Payee>;
const PURPOSE = 'settlement-account';
const TAIL = 4;

export const sealAccount = (orgId: string, payee: Payee): Buffer =>
  fieldCrypto.seal(orgId, JSON.stringify(payee), PURPOSE);

export const openAccount = (orgId: string, sealed: Buffer): Payee =>
  Payee.parse(JSON.parse(fieldCrypto.open(orgId, sealed, PURPOSE)));

/** What everybody may see of it: the bank, and enough of the number to tell it from another. */
export const maskedAccount = (payee: Payee): string =>
  `${payee.bank} **** ${payee.account.slice(-TAIL)} (${maskName(payee.payee)})`;
