import { z } from 'zod';
import { decodeCursor, listInput, listOf, pageOf } from '#kernel/http/list.ts';
import { defineRoute } from '#kernel/http/route.ts';
import { createAdjustment } from './commands/adjust-stock.ts';
import { createWarehouse } from './commands/create-warehouse.ts';
import { createReceipt } from './commands/receive-stock.ts';
import { createTransfer, receiveTransfer } from './commands/transfer-stock.ts';
import { presentDocument, presentWarehouse } from './present.ts';
import { auditStock } from './queries/audit.ts';
import { findSkus } from './queries/skus.ts';
import { listMoves, listStock } from './queries/stock.ts';
import {
  AuditView,
  CreateAdjustment,
  CreateReceipt,
  CreateTransfer,
  CreateWarehouse,
  DocumentView,
  FindSkus,
  ListMoves,
  ListStock,
  MoveView,
  SkuHitView,
  StockView,
  WarehouseView,
} from './schema.ts';
import { listDocuments } from './store/documents.ts';
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
    method: 'POST',
    path: '/stock/receipts',
    permission: 'inventory.receipt.write',
    tags,
    summary: 'Take goods in',
    input: CreateReceipt,
    output: DocumentView,
    status: 201,
    run: createReceipt,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock/adjustments',
    permission: 'inventory.adjustment.write',
    tags,
    summary: 'Correct stock, with a reason',
    input: CreateAdjustment,
    output: DocumentView,
    status: 201,
    run: createAdjustment,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock/transfers',
    permission: 'inventory.transfer.write',
    tags,
    summary: 'Send goods to another warehouse',
    input: CreateTransfer,
    output: DocumentView,
    status: 201,
    run: createTransfer,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock/transfers/{documentId}/receive',
    permission: 'inventory.transfer.write',
    tags,
    summary: 'Take a transfer in',
    input: z.object({ documentId: z.uuid() }),
    output: DocumentView,
    run: receiveTransfer,
  }),
  defineRoute({
    method: 'GET',
    path: '/stock/documents',
    permission: 'inventory.stock.read',
    tags,
    summary: 'Stock documents, newest first',
    input: z.object({ ...listInput, kind: z.enum(['receipt', 'adjustment', 'transfer', 'count']).optional() }),
    output: listOf(DocumentView),
    run: async (tx, ctx, { limit, cursor, kind }) => {
      const [before = null] = cursor === undefined ? [] : (decodeCursor('documents', cursor, 1) as string[]);
      const codes = new Map((await allWarehouses(tx)).map((w) => [w.id, w.code]));
      return pageOf(
        await listDocuments(tx, before, limit + 1, kind, ctx.actor.warehouses),
        limit,
        'documents',
        (r) => [r.id],
        (r) => presentDocument(r, codes.get(r.warehouse_id) ?? '', codes.get(r.to_warehouse_id ?? '') ?? null),
      );
    },
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
];
