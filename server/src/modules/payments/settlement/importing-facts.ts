import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { parseMinor } from '#kernel/money.ts';
import { zoneOfOrg } from '#kernel/org-day.ts';
import {
  type Column,
  columnsOf,
  defineImport,
  type Header,
  type Outcome,
  type Reject,
} from '#kernel/transfers/index.ts';
import { bookSettleable } from './book-settleable.ts';
import { startOfDay } from './days.ts';
import { nameBasedId } from './name-based-id.ts';
import { WRITE } from './present.ts';
import { agreementAt, findParty } from './store/parties.ts';

const COLUMNS: readonly Column[] = [
  { name: 'party_kind', aliases: ['结算方类型', '类型'], required: true, example: 'supplier' },
  { name: 'party', aliases: ['结算方编码', '编码'], required: true, example: 'G-001' },
  { name: 'item', aliases: ['项目'], example: 'sale' },
  { name: 'document', aliases: ['单号', '单据号'], required: true, example: 'RK-20261128-01' },
  { name: 'day', aliases: ['日期'], required: true, example: '2026-11-28' },
  { name: 'amount', aliases: ['金额', '金额（元）'], required: true, example: '1860.00' },
  { name: 'note', aliases: ['说明', '备注'], example: '铁观音 40 盒' },
];
const KINDS: Readonly<Record<string, 'supplier' | 'station'>> = {
  supplier: 'supplier',
  station: 'station',
  供应商: 'supplier',
  站点: 'station',
};
const ITEMS: Readonly<Record<string, 'sale' | 'refund' | 'fee' | 'compensation'>> = {
  '': 'sale',
  sale: 'sale',
  refund: 'refund',
  fee: 'fee',
  compensation: 'compensation',
  货款: 'sale',
  退款: 'refund',
  手续费: 'fee',
  赔付: 'compensation',
};

type Fact = {
  line: number;
  kind: string;
  party: string;
  item: string;
  document: string;
  day: string;
  amount: string;
  note: string;
};

/**
 * What suppliers and stations are owed, by documents kept elsewhere. The same document of the same party counts once; amounts
 * are decimal, negative what the party owes. Nothing is paid of it before two people have agreed to the statement.
 */
export const importFacts = defineImport({
  kind: 'settlement_items',
  permission: WRITE,
  columns: COLUMNS,
  options: z.object({}).strict(),
  open: (run, head) => {
    const header = columnsOf(head, COLUMNS);
    return {
      async *units(rows) {
        for await (const { line, cells } of rows) yield { rows: 1, unit: factOf(header, line, cells) };
      },
      apply: (tx, units) => applyAll(tx, run.ctx, units),
    };
  },
});

function factOf(header: Header, line: number, cells: readonly string[]): Fact {
  const cell = (name: string): string => (cells[header[name] ?? -1] ?? '').trim();
  return {
    line,
    kind: cell('party_kind'),
    party: cell('party'),
    item: cell('item'),
    document: cell('document'),
    day: cell('day'),
    amount: cell('amount'),
    note: cell('note').slice(0, 500),
  };
}

async function applyAll(tx: Tx, ctx: Ctx, units: readonly Fact[]): Promise<Outcome> {
  const rejects: Reject[] = [];
  let skipped = 0;
  const zone = await zoneOfOrg(tx);
  for (const fact of units) {
    const path = await applyOne(tx, ctx, fact, zone);
    if (path === 'known') skipped += 1;
    else if (path !== 'taken') rejects.push({ line: fact.line, path, code: 'invalid_value' });
  }
  return { skipped, rejects };
}

/** `taken`, `known`, or the column that is not right. */
async function applyOne(tx: Tx, ctx: Ctx, fact: Fact, zone: string): Promise<string> {
  const [kind, item] = [KINDS[fact.kind.toLowerCase()], ITEMS[fact.item.toLowerCase()]];
  if (!kind) return 'party_kind';
  if (!item) return 'item';
  if (fact.document === '' || fact.document.length > 80) return 'document';
  if (!z.iso.date().safeParse(fact.day).success) return 'day';
  const party = await findParty(tx, kind, fact.party);
  if (!party) return 'party';
  const amount = parseMinor(fact.amount, party.currency);
  if (amount === undefined || amount === 0) return 'amount';
  const at = startOfDay(fact.day, zone);
  const booked = await bookSettleable(tx, ctx, party, {
    kind: item,
    subject: nameBasedId(party.id, fact.document),
    subjectNo: fact.document,
    amount,
    at,
    agreementId: (await agreementAt(tx, party.id, at)).id,
    note: fact.note,
  });
  return booked ? 'taken' : 'known';
}
