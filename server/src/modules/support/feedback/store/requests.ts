import type { Locale } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { Kind, RequestState } from '../domain/words.ts';
import { FeedbackUnknown } from '../errors.ts';
import type { Question } from '../settings.ts';

export type RequestRow = {
  id: string;
  kind: Kind;
  subject_kind: 'ticket' | 'case' | 'campaign';
  subject_id: string;
  subject_no: string;
  round: number;
  survey_id: string;
  customer_id: string | null;
  agent_id: string | null;
  team_id: string | null;
  category: string;
  shop_id: string | null;
  locale: Locale;
  address: Buffer | null;
  state: RequestState;
  why_skipped: string | null;
  link_hash: Buffer | null;
  score: number | null;
  bad: boolean | null;
  answers: number;
  consequence: 'reopened' | 'follow_up' | 'none' | null;
  created_at: Date;
  send_at: Date;
  asked_at: Date | null;
  answer_until: Date | null;
  answered_at: Date | null;
  changed_at: Date | null;
  version: number;
};
const INSERTED = [
  'id',
  'kind',
  'subject_kind',
  'subject_id',
  'subject_no',
  'round',
  'survey_id',
  'customer_id',
  'agent_id',
  'team_id',
  'category',
  'shop_id',
  'locale',
  'address',
  'state',
  'why_skipped',
  'created_at',
  'send_at',
] as const;
export const REQUEST_COLUMNS = `${INSERTED.join(', ')}, link_hash, score, bad, answers, consequence, asked_at, answer_until, answered_at, changed_at, version`;
const SELECT = `select ${REQUEST_COLUMNS} from support.feedback_requests where org_id = $1`;
const COMMENT = 'support.feedback_comment';
const ADDRESS = 'support.feedback_address';
export const sealTo = (orgId: string, address: string): Buffer => fieldCrypto.seal(orgId, address, ADDRESS);
export const openTo = (orgId: string, sealed: Buffer): string => fieldCrypto.open(orgId, sealed, ADDRESS);

/** Undefined when the same was asked already. */
export async function insertRequest(
  tx: Tx,
  row: Pick<RequestRow, (typeof INSERTED)[number]>,
): Promise<RequestRow | undefined> {
  return maybeOne(
    await tx.query<RequestRow>(
      `insert into support.feedback_requests (org_id, ${INSERTED.join(', ')}) values ($1, ${INSERTED.map((_, i) => `$${i + 2}`).join(', ')})
       on conflict do nothing returning ${REQUEST_COLUMNS}`,
      [tx.orgId, ...INSERTED.map((c) => row[c])],
    ),
  );
}

export const findRequest = async (tx: Tx, id: string): Promise<RequestRow | undefined> =>
  maybeOne(await tx.query<RequestRow>(`${SELECT} and id = $2`, [tx.orgId, id]));

/** @throws FeedbackUnknown. */
export async function lockRequest(tx: Tx, id: string): Promise<RequestRow> {
  const row = maybeOne(await tx.query<RequestRow>(`${SELECT} and id = $2 for update`, [tx.orgId, id]));
  if (!row) throw new FeedbackUnknown();
  return row;
}

export const findByLink = async (tx: Tx, hash: Buffer, lock = false): Promise<RequestRow | undefined> =>
  maybeOne(await tx.query<RequestRow>(`${SELECT} and link_hash = $2${lock ? ' for update' : ''}`, [tx.orgId, hash]));

/** The latest question about a matter. */
export const latestOf = async (tx: Tx, subjectKind: string, subjectId: string): Promise<RequestRow | undefined> =>
  maybeOne(
    await tx.query<RequestRow>(`${SELECT} and subject_kind = $2 and subject_id = $3 order by round desc limit 1`, [
      tx.orgId,
      subjectKind,
      subjectId,
    ]),
  );

type Patch = Partial<Omit<RequestRow, 'id' | 'version'>>;
export async function saveRequest(tx: Tx, row: RequestRow, patch: Patch): Promise<RequestRow> {
  const columns = Object.keys(patch) as (keyof Patch)[];
  return one(
    await tx.query<RequestRow>(
      `update support.feedback_requests set ${columns.map((c, i) => `${c} = $${i + 3}`).join(', ')}, version = version + 1
        where org_id = $1 and id = $2 returning ${REQUEST_COLUMNS}`,
      [tx.orgId, row.id, ...columns.map((c) => patch[c])],
    ),
  );
}

export type AnswerRow = {
  request_id: string;
  seq: number;
  score: number;
  more: Record<string, number>;
  comment: Buffer | null;
  at: Date;
};
export const openComment = (orgId: string, row: Pick<AnswerRow, 'comment'>): string =>
  row.comment === null ? '' : fieldCrypto.open(orgId, row.comment, COMMENT);

export async function insertAnswer(
  tx: Tx,
  answer: { requestId: string; seq: number; score: number; more: Record<string, number>; comment: string; at: Date },
): Promise<void> {
  const comment = answer.comment === '' ? null : fieldCrypto.seal(tx.orgId, answer.comment, COMMENT);
  await tx.query(
    'insert into support.feedback_answers (org_id, request_id, seq, score, more, comment, at) values ($1, $2, $3, $4, $5, $6, $7)',
    [tx.orgId, answer.requestId, answer.seq, answer.score, JSON.stringify(answer.more), comment, answer.at],
  );
}

/** Every answer to these questions, the latest first. */
export const answersOf = (tx: Tx, requestIds: readonly string[]): Promise<AnswerRow[]> =>
  tx.query<AnswerRow>(
    'select request_id, seq, score, more, comment, at from support.feedback_answers where org_id = $1 and request_id = any ($2) order by request_id, seq desc',
    [tx.orgId, requestIds],
  );

/** Keeps what is asked, once per wording. */
export async function keepSurvey(
  tx: Tx,
  content: { questions: readonly Question[] },
  sha256: Buffer,
  now: Date,
): Promise<string> {
  await tx.query(
    'insert into support.surveys (org_id, id, sha256, content, created_at) values ($1, $2, $3, $4, $5) on conflict (org_id, sha256) do nothing',
    [tx.orgId, newId(), sha256, JSON.stringify(content), now],
  );
  return one(
    await tx.query<{ id: string }>('select id from support.surveys where org_id = $1 and sha256 = $2', [
      tx.orgId,
      sha256,
    ]),
  ).id;
}

export async function surveyOf(tx: Tx, id: string): Promise<{ questions: Question[] }> {
  const sql = 'select content from support.surveys where org_id = $1 and id = $2';
  return one(await tx.query<{ content: { questions: Question[] } }>(sql, [tx.orgId, id])).content;
}

/** Whether a customer may be asked now whether they would recommend us; they count as asked then. */
export async function claimNps(tx: Tx, customerId: string, now: Date, notAfter: Date): Promise<boolean> {
  const rows = await tx.query(
    `insert into support.nps_asked as a (org_id, customer_id, asked_at) values ($1, $2, $3)
     on conflict (org_id, customer_id) do update set asked_at = excluded.asked_at where a.asked_at <= $4 returning 1`,
    [tx.orgId, customerId, now, notAfter],
  );
  return rows.length === 1;
}

export async function countOfCampaign(tx: Tx, campaignId: string): Promise<number> {
  const sql = `select count(*)::int as n from support.feedback_requests where org_id = $1 and subject_kind = 'campaign' and subject_id = $2`;
  return one(await tx.query<{ n: number }>(sql, [tx.orgId, campaignId])).n;
}
