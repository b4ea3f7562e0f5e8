import { createHash } from 'node:crypto';
import { z } from 'zod';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { zoneOfOrg } from '#kernel/org-day.ts';
import { columnsOf, defineImport, type Header, type Reject, type TableRow } from '#kernel/transfers/index.ts';
import { COLUMNS } from './domain/columns.ts';
import { type BankLine, readLine } from './domain/read-line.ts';
import { matchNamed } from './match-named.ts';
import { PARTY } from './party.ts';
import { findBankAccount } from './store/accounts.ts';
import { insertLines, type NewLine } from './store/lines.ts';

const PREAMBLE_ROWS_MAX = 40;

type Unit = { line: BankLine; fingerprint: string } | { rejects: Reject[] };

/** Movements of a bank account as its statement has them. Statements may overlap: what is known is counted as skipped. */
export const importBankLines = defineImport({
  kind: 'bank-lines',
  permission: 'payments.bank.write',
  columns: COLUMNS,
  preambleRowsMax: PREAMBLE_ROWS_MAX,
  options: z.object({ account: z.string().trim().min(1).max(40).default('main') }).strict(),
  open: async (run, head) => {
    const header = columnsOf(head, COLUMNS);
    const { account, timeZone } = await run.db.read(run.ctx, async (tx) => ({
      account: await findBankAccount(tx, { code: run.options.account }),
      timeZone: await zoneOfOrg(tx),
    }));
    await fieldCrypto.load(run.ctx.orgId);
    const at = { currency: account.currency, timeZone };
    return {
      units: (rows) => unitsOf(rows, header, at),
      apply: async (tx, units) => {
        const lines = units.filter((u) => 'line' in u).map((u) => sealed(run.ctx.orgId, u.line, u.fingerprint));
        const taken = await insertLines(tx, run.ctx, { accountId: account.id, transferId: run.transferId }, lines);
        if (taken > 0) await enqueueNamed(tx);
        return { skipped: lines.length - taken, rejects: units.flatMap((u) => ('rejects' in u ? u.rejects : [])) };
      },
    };
    async function enqueueNamed(tx: Tx): Promise<void> {
      await matchNamed.enqueue(tx, run.ctx, {}, { key: 'named' });
    }
  },
});

/** Rows that move something. Movements alike in every way are told apart by which of them it is in the file. */
async function* unitsOf(
  rows: AsyncIterable<TableRow>,
  header: Header,
  account: { currency: string; timeZone: string },
): AsyncGenerator<{ rows: number; unit: Unit }> {
  const seen = new Map<string, number>();
  for await (const row of rows) {
    const read = readLine(row, header, account);
    if (read === undefined) continue;
    if (Array.isArray(read)) {
      yield { rows: 1, unit: { rejects: read } };
      continue;
    }
    const key = fingerprintOf(read);
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    yield { rows: 1, unit: { line: read, fingerprint: nth === 1 ? key : hash([key, nth]) } };
  }
}

const hash = (of: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(of)).digest('hex');

/** The bank's number says which movement it is; without one everything else does. */
const fingerprintOf = (l: BankLine): string =>
  l.ref === ''
    ? hash([l.at.toISOString(), l.amount, l.balance, l.remark, l.party.name, l.party.account])
    : hash([l.ref, l.at.toISOString().slice(0, 10), l.amount]);

function sealed(orgId: string, line: BankLine, fingerprint: string): NewLine {
  const { party, at, amount, currency, balance, ref, remark } = line;
  const known = party.name !== '' || party.account !== '' || party.bank !== '';
  const box = known ? fieldCrypto.seal(orgId, JSON.stringify(party), PARTY).toString('base64') : null;
  return { id: newId(), line: line.line, at, amount, currency, balance, ref, remark, party: box, fingerprint };
}
