import type { Module } from '#kernel/module.ts';
import { auditStock } from './queries/audit.ts';
import { nightlyStock, stockClock } from './jobs/nightly.ts';
import { routes } from './routes.ts';
import './events.ts';
import './importing/export-stock.ts';
import './importing/import-stock.ts';

export {
  allocateStock,
  type Allocated,
  type AllocationDemand,
  type PickedUnits,
  releaseAllocations,
  stagePicked,
} from './commands/allocate-stock.ts';
export { damageStock } from './commands/change-state.ts';
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
export { InsufficientStock, NotReserved, WarehouseNotFound } from './errors.ts';
export { type AllocatedPlace, allocatedPlaces, skusInZones } from './queries/allocated.ts';
export { auditStock } from './queries/audit.ts';
export { availableOf } from './queries/available.ts';
export { type AllocationRow, allocationsOf } from './store/allocations.ts';
export { binsByIds } from './store/bins.ts';
export { ordersReservedIn, type ReservationRow, reservationsOfOrder } from './store/reservations.ts';
export { allWarehouses, findWarehouse, type WarehouseRow } from './store/warehouses.ts';

export const inventoryModule: Module = {
  name: 'inventory',
  routes,
  permissions: {
    'inventory.warehouse.read': 'See warehouses',
    'inventory.warehouse.write': 'Open and change warehouses',
    'inventory.stock.read': 'See stock and its ledger',
    'inventory.stock.audit': 'Run the stock audit',
    'inventory.receipt.write': 'Take goods in',
    'inventory.adjustment.write': 'Correct stock',
    'inventory.adjustment.approve': 'Approve corrections above the limit',
    'inventory.transfer.write': 'Send and take in transfers',
    'inventory.move.write': 'Put goods away and rearrange bins',
    'inventory.state.write': 'Freeze, release and write down goods, hold batches back',
    'inventory.kit.write': 'Make kits and take them apart',
    'inventory.delivery.write': 'Plan, close and cancel expected deliveries',
  },
  jobs: [nightlyStock],
  deadlines: [stockClock],
  invariants: [
    {
      name: 'inventory: ledger, balances and reservations agree',
      check: async (tx) => (await auditStock(tx)).mismatches.map((m) => JSON.stringify(m)),
    },
  ],
};
