import type { Invariant } from '#kernel/module.ts';
import { countAdmins } from './store/members.ts';

export const identityInvariants: Invariant[] = [
  {
    name: 'identity: an organisation with people has an administrator',
    check: async (tx) => {
      const [row] = await tx.query<{ people: number }>(
        'select count(*) as people from identity.members where org_id = $1',
        [tx.orgId],
      );
      if ((row?.people ?? 0) === 0 || (await countAdmins(tx)) > 0) return [];
      return ['nobody may administer: every administrator is disabled or gone'];
    },
  },
];
