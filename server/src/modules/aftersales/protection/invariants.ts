import { wrong } from '#kernel/invariant.ts';
import type { Invariant } from '#kernel/module.ts';

/** What must hold of price protections, beside what their table refuses. */
export const protectionInvariants: Invariant[] = [
  wrong(
    'aftersales: no line is protected from one fall twice',
    `
    select a.line_id || ': ' || a.price_from || '..' || a.price_to || ' and ' || b.price_from || '..' || b.price_to as says
      from aftersales.price_protections a join aftersales.price_protections b on b.org_id = a.org_id and b.line_id = a.line_id and b.id > a.id
     where a.org_id = $1 and a.price_to < b.price_from and b.price_to < a.price_from`,
  ),
];
