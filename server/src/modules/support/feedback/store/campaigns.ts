import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import type { CampaignState } from '../domain/words.ts';
import { CampaignNotFound } from '../errors.ts';

export type CampaignRow = {
  id: string;
  name: string;
  state: CampaignState;
  orders_from: Date;
  orders_to: Date;
  shop_id: string | null;
  sample: number;
  found: number | null;
  created_at: Date;
  created_by: string;
  started_at: Date | null;
  ended_at: Date | null;
  version: number;
};
const INSERTED = ['id', 'name', 'orders_from', 'orders_to', 'shop_id', 'sample', 'created_at', 'created_by'] as const;
const COLUMNS = `${INSERTED.join(', ')}, state, found, started_at, ended_at, version`;
const SELECT = `select ${COLUMNS} from support.nps_campaigns where org_id = $1`;

export const insertCampaign = async (tx: Tx, row: Pick<CampaignRow, (typeof INSERTED)[number]>): Promise<CampaignRow> =>
  one(
    await tx.query<CampaignRow>(
      `insert into support.nps_campaigns (org_id, state, ${INSERTED.join(', ')}) values ($1, 'draft', ${INSERTED.map((_, i) => `$${i + 2}`).join(', ')}) returning ${COLUMNS}`,
      [tx.orgId, ...INSERTED.map((c) => row[c])],
    ),
  );

/** @throws CampaignNotFound. */
export async function getCampaign(tx: Tx, id: string, lock = false): Promise<CampaignRow> {
  const row = maybeOne(
    await tx.query<CampaignRow>(`${SELECT} and id = $2${lock ? ' for update' : ''}`, [tx.orgId, id]),
  );
  if (!row) throw new CampaignNotFound({ campaignId: id });
  return row;
}

export async function saveCampaign(
  tx: Tx,
  row: CampaignRow,
  patch: Partial<Pick<CampaignRow, 'state' | 'found' | 'started_at' | 'ended_at'>>,
): Promise<CampaignRow> {
  const columns = Object.keys(patch) as (keyof typeof patch)[];
  return one(
    await tx.query<CampaignRow>(
      `update support.nps_campaigns set ${columns.map((c, i) => `${c} = $${i + 3}`).join(', ')}, version = version + 1
        where org_id = $1 and id = $2 returning ${COLUMNS}`,
      [tx.orgId, row.id, ...columns.map((c) => patch[c])],
    ),
  );
}

export const listCampaigns = (tx: Tx, before: string | undefined, limit: number): Promise<CampaignRow[]> =>
  tx.query<CampaignRow>(`${SELECT} and ($2::uuid is null or id < $2) order by id desc limit $3`, [
    tx.orgId,
    before ?? null,
    limit,
  ]);
