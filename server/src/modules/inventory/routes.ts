import { z } from 'zod';
import { decodeCursor, listInput, listOf, pageOf } from '#kernel/http/list.ts';
import { defineRoute } from '#kernel/http/route.ts';
import { createWarehouse } from './commands/create-warehouse.ts';
import { setService } from './commands/set-service.ts';
import { presentWarehouse } from './present.ts';
import { auditStock } from './queries/audit.ts';
import { viewService } from './queries/service.ts';
import { binRoutes } from './routes-bins.ts';
import { documentRoutes } from './routes-documents.ts';
import { findSkus } from './queries/skus.ts';
import { listMoves, listStock } from './queries/stock.ts';
import {
  AuditView,
  CreateWarehouse,
  FindSkus,
  ListMoves,
  ListStock,
  MoveView,
  ServiceView,
  SetService,
  SkuHitView,
  StockView,
  WarehouseView,
} from './schema.ts';
import { allWarehouses } from './store/warehouses.ts';

const tags = ['inventory'];

export const routes = [
  defineRoute({
    method: 'POST',
    path: '/warehouses',
    permission: 'inventory.warehouse.write',
    tags,
    summary: 'Open a warehouse',
    input: CreateWarehouse,
    output: WarehouseView,
    status: 201,
    run: createWarehouse,
  }),
  defineRoute({
    method: 'GET',
    path: '/warehouses',
    permission: 'inventory.warehouse.read',
    tags,
    summary: 'Warehouses, those taken from first at the front',
    input: z.object(listInput),
    output: listOf(WarehouseView),
    run: async (tx, ctx, { limit, cursor }) => {
      const from = cursor === undefined ? 0 : Number(decodeCursor('warehouses', cursor, 1)[0]);
      const rows = (await allWarehouses(tx)).filter((w) => ctx.actor.warehouses?.has(w.id) ?? true);
      return pageOf(rows.slice(from, from + limit + 1), limit, 'warehouses', () => [from + limit], presentWarehouse);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/warehouses/{warehouseId}/service',
    permission: 'inventory.warehouse.read',
    tags,
    summary: 'Where a warehouse sends to, at what cost and how fast',
    input: z.object({ warehouseId: z.uuid() }),
    output: ServiceView,
    run: viewService,
  }),
  defineRoute({
    method: 'PUT',
    path: '/warehouses/{warehouseId}/service',
    permission: 'inventory.warehouse.write',
    tags,
    summary: 'Say where a warehouse sends to: replaces what it said before',
    input: SetService,
    output: ServiceView,
    run: setService,
  }),
  defineRoute({
    method: 'GET',
    path: '/skus',
    permission: 'catalog.product.read',
    tags,
    summary: 'SKUs by code, barcode or title (or those named in `codes`), with price, picture and what is left',
    input: FindSkus,
    output: z.object({ items: z.array(SkuHitView) }),
    run: findSkus,
  }),
  defineRoute({
    method: 'GET',
    path: '/stock',
    permission: 'inventory.stock.read',
    tags,
    summary: 'Stock by SKU and warehouse',
    input: ListStock,
    output: listOf(StockView),
    run: listStock,
  }),
  defineRoute({
    method: 'GET',
    path: '/stock/moves',
    permission: 'inventory.stock.read',
    tags,
    summary: 'The ledger of one SKU, newest first',
    input: ListMoves,
    output: listOf(MoveView),
    run: listMoves,
  }),
  defineRoute({
    method: 'GET',
    path: '/stock/audit',
    permission: 'inventory.stock.audit',
    tags,
    summary: 'Prove that ledger, balances and reservations agree',
    input: z.object({}),
    output: AuditView,
    run: (tx) => auditStock(tx),
  }),
  ...binRoutes,
  ...documentRoutes,
];
