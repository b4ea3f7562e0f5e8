import type { Module } from '#kernel/module.ts';
import {
  planningClock,
  planningInvariants,
  planningJob,
  planningPermissions,
  planningRoutes,
  planningStarts,
} from './planning/index.ts';
import { strayChoices } from './queries/warehouse-choice.ts';
import { countingInvariants } from './counting/invariants.ts';
import { countingRoutes } from './counting/routes.ts';
import { auditStock } from './queries/audit.ts';
import { nightlyStock, stockClock } from './jobs/nightly.ts';
import { routes } from './routes.ts';
import './counting/events.ts';
import './events.ts';
import './importing/export-stock.ts';
import './importing/export-stock-bins.ts';
import './importing/import-stock.ts';

export {
  allocateStock,
  type Allocated,
  type AllocationDemand,
  type PickedUnits,
  releaseAllocations,
  stagePicked,
} from './commands/allocate-stock.ts';
export { createZone, layOutZone } from './commands/bins.ts';
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
export { type Disposition, DISPOSITIONS, type ReturnedGoods, returnGoods } from './commands/return-goods.ts';
export { setAsideMissing } from './commands/set-aside-missing.ts';
export { CountedShort, StockTakePosted } from './counting/events.ts';
export { type GaveWay, type Givers, ordersInTheWay, settleShort } from './counting/commands/settle-short.ts';
export { InsufficientStock, NotReserved, WarehouseNotFound } from './errors.ts';
export { type AllocatedPlace, allocatedPlaces, skusInZones } from './queries/allocated.ts';
export { type PastDemand, planStock, recordPastDemand, setPlanningPorts } from './planning/index.ts';
export { type InventoryPorts, setInventoryPorts } from './ports.ts';
export { type Ranking } from './domain/rank-warehouses.ts';
export { rankingData, ServiceCache, ServicePlan } from './service-cache.ts';
export { type WarehouseChoice, warehouseChoiceOf } from './queries/warehouse-choice.ts';
export { auditStock } from './queries/audit.ts';
export { listBins } from './queries/bins.ts';
export { availableOf } from './queries/available.ts';
export { allottedChannels } from './store/allotments.ts';
export { type AllocationRow, allocationsOf } from './store/allocations.ts';
export { binsByIds } from './store/bins.ts';
export { ordersReservedIn, type ReservationRow, reservationsOfOrder } from './store/reservations.ts';
export { allWarehouses, findWarehouse, type WarehouseRow } from './store/warehouses.ts';

export const inventoryModule: Module = {
  name: 'inventory',
  routes: [...routes, ...planningRoutes, ...countingRoutes],
  subscribers: [planningStarts],
  jobs: [planningJob, nightlyStock],
  deadlines: [planningClock, stockClock],
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
    'inventory.allotment.write': 'Keep stock for sales channels',
    'inventory.delivery.write': 'Plan, close and cancel expected deliveries',
    ...planningPermissions,
    'inventory.count.read': 'See stock-takes',
    'inventory.count.write': 'Open stock-takes, count, and submit them',
    'inventory.count.approve': 'Approve stock-takes, and see what the book says during a blind one',
  },
  invariants: [
    {
      name: 'inventory: ledger, balances and reservations agree',
      check: async (tx) => (await auditStock(tx)).mismatches.map((m) => JSON.stringify(m)),
    },
    ...planningInvariants,
    { name: 'inventory: stock is taken only from warehouses of the order’s ranking', check: strayChoices },
    ...countingInvariants,
  ],
};
