import { assert } from '#kernel/assert.ts';
import { type Calendar, DEFAULT_CALENDARS, nextOpen } from '#kernel/calendar/index.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { nextNumber, readableNo } from '#kernel/numbers.ts';
import { todayOf, zoneOfOrg } from '#kernel/org-day.ts';
import { localDate } from '#kernel/time.ts';
import { NothingToSettle } from '../../errors.ts';
import { paymentSettings } from '../../settings.ts';
import { startOfDay } from '../days.ts';
import { closeStatement, type ItemKind } from '../domain/close-statement.ts';
import { dueCycles, plusDays } from '../domain/cycle.ts';
import { hasOpen, insertItem, takeOpen } from '../store/items.ts';
import { agreementAt, type AgreementRow, lockParty, type PartyRow, saveSettledThrough } from '../store/parties.ts';
import {
  countStatement,
  getStatement,
  insertStatement,
  noteStatement,
  type StatementRow,
} from '../store/statements.ts';

/** 100,000 items take some seconds; no request may take as long. */
const BUILD_LIMITS = `set local statement_timeout = '300s'`;

/** The day itself when banks work on it, else the next on which they do. */
function workdayFrom(calendar: Calendar, day: string): string {
  return localDate(nextOpen(calendar, startOfDay(day, calendar.timeZone)), calendar.timeZone);
}

/**
 * Makes the statements of a party whose day has come by `today`, in the order of their cycles: each takes what is open, holds back what was
 * agreed, and carries over a debt or what is too little. Asked again, or by several at once, it makes none twice: an item is
 * taken once, and the cycles built so far are kept with the party, under its lock.
 */
export async function buildDue(tx: Tx, ctx: Ctx, partyId: string, today: string): Promise<StatementRow[]> {
  await tx.query(BUILD_LIMITS);
  const party = await lockParty(tx, partyId);
  const zone = await zoneOfOrg(tx);
  const made: StatementRow[] = [];
  let { settled_through: through } = party;
  for (;;) {
    // by the version that is in force on the day the statement is made: it may change the cycle in between
    const agreement = await agreementAt(tx, party.id, startOfDay(plusDays(through, 1), zone));
    const [due] = dueCycles(agreement.terms.cycle, through, today);
    if (!due) break;
    const inForce = await agreementAt(tx, party.id, startOfDay(due.on, zone));
    const statement = await makeStatement(tx, ctx, { party, agreement: inForce, from: plusDays(through, 1), ...due });
    if (statement) made.push(statement);
    through = due.through;
  }
  if (through !== party.settled_through) await saveSettledThrough(tx, party, through);
  return made;
}

/**
 * Makes a statement out of turn, of all that is open up to a day. `final` pays out less than the minimum too.
 * @throws NothingToSettle
 */
export async function buildNow(
  tx: Tx,
  ctx: Ctx,
  input: { partyId: string; through?: string | undefined; final: boolean },
): Promise<StatementRow> {
  await tx.query(BUILD_LIMITS);
  const party = await lockParty(tx, input.partyId);
  const today = await todayOf(tx, ctx);
  const through = input.through ?? plusDays(today, -1);
  const agreement = await agreementAt(tx, party.id, ctx.now);
  const from = [plusDays(party.settled_through, 1), through].toSorted()[0] as string;
  const statement =
    through > today
      ? undefined
      : await makeStatement(tx, ctx, { party, agreement, from, on: today, through, final: input.final });
  if (!statement) throw new NothingToSettle({ through });
  if (through > party.settled_through) await saveSettledThrough(tx, party, through);
  return statement;
}

type Making = { party: PartyRow; agreement: AgreementRow; from: string; on: string; through: string; final?: boolean };

/** Undefined when there is nothing but what was carried over: a debt is told once, not every day. */
async function makeStatement(tx: Tx, ctx: Ctx, making: Making): Promise<StatementRow | undefined> {
  const { party, agreement, from, through, final = false } = making;
  if (!(await hasOpen(tx, party.id, through, final))) return undefined;
  const zone = await zoneOfOrg(tx);
  const { payoutCalendar } = await paymentSettings.get(tx);
  const id = await insertStatement(tx, ctx, {
    no: `S${readableNo(making.on, await nextNumber(tx, 'payments.statement'))}`,
    party_id: party.id,
    agreement_id: agreement.id,
    period_from: from,
    period_to: through,
    due_on: workdayFrom(DEFAULT_CALENDARS[payoutCalendar], making.on),
    currency: party.currency,
  });
  const { sums } = await takeOpen(tx, party.id, id, through);
  const terms = { hold: agreement.terms.hold, minimum: final ? 0 : agreement.terms.minimum };
  const ends = closeStatement(sums, terms);
  const { no } = await getStatement(tx, id);
  const add = async (kind: ItemKind, amount: number, day: string, statementId?: string): Promise<void> => {
    if (amount === 0) return;
    const made = await insertItem(tx, ctx, {
      partyId: party.id,
      kind,
      subject: id,
      subjectNo: no,
      about: null,
      amount,
      currency: party.currency,
      at: startOfDay(day, zone),
      day,
      agreementId: agreement.id,
      note: '',
      ...(statementId === undefined ? {} : { statementId }),
    });
    assert(made !== undefined, 'a statement is closed once');
  };
  await add('hold', ends.held, through, id);
  await add('release', 0 - ends.held, plusDays(through, agreement.terms.hold.days));
  await add('carry_out', ends.carriedOut, through, id);
  await add('carry_in', 0 - ends.carriedOut, plusDays(through, 1));
  const statement = await countStatement(tx, id);
  assert(statement.payable === ends.payable, 'a statement pays what its items add up to');
  await noteStatement(tx, ctx, id, { event: 'made', state: statement.state, note: '' });
  return statement;
}
