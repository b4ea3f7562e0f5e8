import type { Ctx } from '#kernel/context.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import type { TicketState } from '../domain/flow.ts';
import { saveTicket, type TicketRow } from './tickets.ts';

export type Move = {
  event: string;
  /** Ids, codes and numbers: the history is kept in the open. */
  facts?: Readonly<Record<string, unknown>>;
  termsId?: string;
  messageId?: string;
  /** Whose message it was, when the ticket it was written in is merged into this one. */
  aboutId?: string;
  at?: Date;
};
export type MoveRow = {
  ticket_id: string;
  seq: number;
  about_id: string;
  event: string;
  state: TicketState;
  facts: Record<string, unknown>;
  terms_id: string | null;
  message_id: string | null;
  by_kind: string;
  by: string;
  at: Date;
};
const COLUMNS = 'ticket_id, seq, about_id, event, state, facts, terms_id, message_id, by_kind, by, at';

/** Adds to the history of a locked ticket, in the state it has now. Returns the ticket with its new count of moves. */
export async function addMove(tx: Tx, ctx: Ctx, row: TicketRow, move: Move): Promise<TicketRow> {
  const saved = await saveTicket(tx, row, { moves: row.moves + 1 });
  await tx.prepared(
    `insert into support.moves (org_id, ticket_id, seq, about_id, event, state, facts, terms_id, message_id, by_kind, by, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      tx.orgId,
      row.id,
      saved.moves,
      move.aboutId ?? row.id,
      move.event,
      row.state,
      JSON.stringify(move.facts ?? {}),
      move.termsId ?? null,
      move.messageId ?? null,
      ctx.actor.kind,
      ctx.actor.id,
      move.at ?? ctx.now,
    ],
  );
  return saved;
}

const SHOWN_MAX = 500;

/** The newest of a ticket's history, oldest first. */
export async function movesOf(tx: Tx, ticketId: string): Promise<MoveRow[]> {
  const rows = await tx.prepared<MoveRow>(
    `select ${COLUMNS} from support.moves where org_id = $1 and ticket_id = $2 order by seq desc limit ${SHOWN_MAX}`,
    [tx.orgId, ticketId],
  );
  return rows.toReversed();
}

/**
 * What the clocks of a ticket are computed from: its own history, and the messages of all that are merged into it. In the order
 * of time.
 */
export async function clockMoves(tx: Tx, ticketId: string, family: readonly string[]): Promise<MoveRow[]> {
  return tx.prepared<MoveRow>(
    `select ${COLUMNS} from support.moves where org_id = $1 and ticket_id = $2 and message_id is null
     union all select ${COLUMNS} from support.moves where org_id = $1 and about_id = any ($3::uuid[]) and message_id is not null
     order by at, seq`,
    [tx.orgId, ticketId, family],
  );
}

/** Has the history's messages belong to another ticket: what was split off takes its own along. */
export async function moveMessages(tx: Tx, messageIds: readonly string[], aboutId: string): Promise<void> {
  await tx.query('update support.moves set about_id = $3 where org_id = $1 and message_id = any ($2)', [
    tx.orgId,
    messageIds,
    aboutId,
  ]);
}

export async function countMoves(tx: Tx, ticketId: string): Promise<number> {
  return one(
    await tx.query<{ n: number }>('select count(*)::int as n from support.moves where org_id = $1 and ticket_id = $2', [
      tx.orgId,
      ticketId,
    ]),
  ).n;
}
