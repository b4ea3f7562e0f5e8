import type { ShopRow } from '#modules/catalog/index.ts';
import type { OrderSettings } from '../settings.ts';

/** What of the organisation an order is laid out with. */
export type Moment = {
  shop: ShopRow;
  settings: OrderSettings;
  orderNo: string;
  promised: string;
  /** Under which offers and rules it was taken. */
  revisions: { offers: number; rules: number };
  /** The revision of what warehouses say of regions. */
  service: number;
  timeZone: string;
  /** Lines, by number, that are sold without stock: there is not enough, and they may wait for it. */
  without: ReadonlySet<number>;
};
