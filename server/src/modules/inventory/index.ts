import type { Module } from '#kernel/module.ts';
import { countingInvariants } from './counting/invariants.ts';
import { countingRoutes } from './counting/routes.ts';
import { auditStock } from './queries/audit.ts';
import { routes } from './routes.ts';
import './counting/events.ts';
import './events.ts';
import './importing/export-stock.ts';
import './importing/export-stock-bins.ts';
import './importing/import-stock.ts';

export { createReceipt } from './commands/receive-stock.ts';
export { createWarehouse } from './commands/create-warehouse.ts';
export { moveReservations, type ReservationMove } from './commands/move-reservations.ts';
export {
  type LineDemand,
  releaseForOrder,
  reserveForOrder,
  returnIn,
  type ShipLine,
  shipReserved,
} from './commands/reserve-stock.ts';
export { setAsideMissing } from './commands/set-aside-missing.ts';
export { CountedShort, StockTakePosted } from './counting/events.ts';
export { type GaveWay, type Givers, ordersInTheWay, settleShort } from './counting/commands/settle-short.ts';
export { InsufficientStock, NotReserved, WarehouseNotFound } from './errors.ts';
export { auditStock } from './queries/audit.ts';
export { availableOf } from './queries/available.ts';
export { ordersReservedIn, type ReservationRow, reservationsOfOrder } from './store/reservations.ts';
export { allWarehouses, findWarehouse, type WarehouseRow } from './store/warehouses.ts';

export const inventoryModule: Module = {
  name: 'inventory',
  routes: [...routes, ...countingRoutes],
  permissions: {
    'inventory.warehouse.read': 'See warehouses',
    'inventory.warehouse.write': 'Open and change warehouses',
    'inventory.stock.read': 'See stock and its ledger',
    'inventory.stock.audit': 'Run the stock audit',
    'inventory.receipt.write': 'Take goods in',
    'inventory.adjustment.write': 'Correct stock',
    'inventory.adjustment.approve': 'Approve corrections above the limit',
    'inventory.transfer.write': 'Send and take in transfers',
    'inventory.count.read': 'See stock-takes',
    'inventory.count.write': 'Open stock-takes, count, and submit them',
    'inventory.count.approve': 'Approve stock-takes, and see what the book says during a blind one',
  },
  invariants: [
    {
      name: 'inventory: ledger, balances and reservations agree',
      check: async (tx) => (await auditStock(tx)).mismatches.map((m) => JSON.stringify(m)),
    },
    ...countingInvariants,
  ],
};
