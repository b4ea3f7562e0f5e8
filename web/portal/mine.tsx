import { createContext, use, useMemo, type ReactNode } from 'react';
import { portalOf, type PortalOf } from '../api/portal.ts';

const Opened = createContext<PortalOf | undefined>(undefined);

/** Says which order the parts of a page are about. */
export function OpenedOrder({ orderId, children }: { orderId: string; children: ReactNode }) {
  const mine = useMemo(() => portalOf(orderId), [orderId]);
  return <Opened value={mine}>{children}</Opened>;
}

/** The order on screen: what it reads and what may be asked of it. */
export function useMine(): PortalOf {
  const mine = use(Opened);
  if (!mine) throw new Error('no order is open');
  return mine;
}
