import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { LineRow } from './store/lines.ts';

/** What the other side of a movement is sealed for. */
export const PARTY = 'payments.bank_line.party';

export type Party = { name: string; account: string; bank: string };

/** The other side of a movement as the statement has it. The organisation's keys are loaded by the caller. */
export const partyOf = (orgId: string, row: Pick<LineRow, 'party'>): Party =>
  row.party === null
    ? { name: '', account: '', bank: '' }
    : (JSON.parse(fieldCrypto.open(orgId, row.party, PARTY)) as Party);
