import type { Flow } from '#kernel/flow.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import type { Currency } from '#kernel/money.ts';
import type { Content, Signature } from './canonical.ts';
import { AgreementUnknown } from './errors.ts';

export const AGREEMENT_STATES = ['draft', 'sent', 'signed', 'superseded', 'withdrawn'] as const;
export type AgreementState = (typeof AGREEMENT_STATES)[number];
export type AgreementEvent = 'send' | 'sign' | 'withdraw' | 'supersede';

/** A text that was sent is never changed: another version takes its place. What is signed stays. */
export const agreementFlow: Flow<AgreementState, AgreementEvent> = {
  draft: { send: 'sent', withdraw: 'withdrawn', supersede: 'superseded' },
  sent: { send: 'sent', sign: 'signed', withdraw: 'withdrawn', supersede: 'superseded' },
  signed: {},
  superseded: {},
  withdrawn: {},
};

export type AgreementRow = {
  id: string;
  no: string;
  ticket_id: string;
  version: number;
  state: AgreementState;
  locale: 'zh-CN' | 'en';
  content: Buffer;
  sha256: Buffer;
  amount: number;
  currency: Currency;
  created_by: string;
  created_at: Date;
  link_hash: Buffer | null;
  sent_at: Date | null;
  expires_at: Date | null;
  signature: Buffer | null;
  signed_at: Date | null;
  seal: Buffer | null;
};
const COLUMNS =
  'id, no, ticket_id, version, state, locale, content, sha256, amount, currency, created_by, created_at, link_hash, sent_at, expires_at, signature, signed_at, seal';
const SELECT = `select ${COLUMNS} from support.agreements where org_id = $1`;
const TEXT = 'support.agreement';
const SIGNATURE = 'support.signature';

export const sealContent = (orgId: string, canonicalText: string): Buffer =>
  fieldCrypto.seal(orgId, canonicalText, TEXT);
/** The organisation's keys must be loaded. */
export const openContent = (orgId: string, row: AgreementRow): Content =>
  JSON.parse(fieldCrypto.open(orgId, row.content, TEXT)) as Content;
export const sealSignature = (orgId: string, signature: Signature): Buffer =>
  fieldCrypto.seal(orgId, JSON.stringify(signature), SIGNATURE);
export const openSignature = (orgId: string, row: AgreementRow): Signature | null =>
  row.signature === null ? null : (JSON.parse(fieldCrypto.open(orgId, row.signature, SIGNATURE)) as Signature);

export const agreementsOf = (tx: Tx, ticketId: string): Promise<AgreementRow[]> =>
  tx.query<AgreementRow>(`${SELECT} and ticket_id = $2 order by version desc limit 100`, [tx.orgId, ticketId]);

/** What customers may look at: sent or signed, of these tickets. */
export const shownAgreements = (tx: Tx, ticketIds: readonly string[]): Promise<AgreementRow[]> =>
  tx.query<AgreementRow>(
    `${SELECT} and ticket_id = any ($2::uuid[]) and state in ('sent', 'signed') order by sent_at desc limit 20`,
    [tx.orgId, ticketIds],
  );

export const signedAgreements = (tx: Tx, limit: number): Promise<AgreementRow[]> =>
  tx.query<AgreementRow>(`${SELECT} and state = 'signed' order by signed_at desc limit $2`, [tx.orgId, limit]);

/** @throws AgreementUnknown. */
export async function getAgreement(tx: Tx, id: string, lock = false): Promise<AgreementRow> {
  const row = maybeOne(
    await tx.query<AgreementRow>(`${SELECT} and id = $2${lock ? ' for update' : ''}`, [tx.orgId, id]),
  );
  if (!row) throw new AgreementUnknown();
  return row;
}

/** @throws AgreementUnknown. */
export async function agreementByLink(tx: Tx, hash: Buffer): Promise<AgreementRow> {
  const row = maybeOne(await tx.query<AgreementRow>(`${SELECT} and link_hash = $2`, [tx.orgId, hash]));
  if (!row) throw new AgreementUnknown();
  return row;
}

type Fresh = Pick<
  AgreementRow,
  | 'id'
  | 'no'
  | 'ticket_id'
  | 'version'
  | 'locale'
  | 'content'
  | 'sha256'
  | 'amount'
  | 'currency'
  | 'created_by'
  | 'created_at'
>;

export async function insertAgreement(tx: Tx, a: Fresh): Promise<AgreementRow> {
  return one(
    await tx.query<AgreementRow>(
      `insert into support.agreements (org_id, id, no, ticket_id, version, state, locale, content, sha256, amount, currency, created_by, created_at)
       values ($1, $2, $3, $4, $5, 'draft', $6, $7, $8, $9, $10, $11, $12) returning ${COLUMNS}`,
      [
        tx.orgId,
        a.id,
        a.no,
        a.ticket_id,
        a.version,
        a.locale,
        a.content,
        a.sha256,
        a.amount,
        a.currency,
        a.created_by,
        a.created_at,
      ],
    ),
  );
}

type Patch = Partial<
  Pick<AgreementRow, 'state' | 'link_hash' | 'sent_at' | 'expires_at' | 'signature' | 'signed_at' | 'seal'>
>;

export async function saveAgreement(tx: Tx, row: AgreementRow, patch: Patch): Promise<AgreementRow> {
  const columns = Object.keys(patch) as (keyof Patch)[];
  return one(
    await tx.query<AgreementRow>(
      `update support.agreements set ${columns.map((c, i) => `${c} = $${i + 3}`).join(', ')}, row_version = row_version + 1
        where org_id = $1 and id = $2 returning ${COLUMNS}`,
      [tx.orgId, row.id, ...columns.map((c) => patch[c])],
    ),
  );
}
