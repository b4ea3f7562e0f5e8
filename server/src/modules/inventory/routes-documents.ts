import { z } from 'zod';
import { decodeCursor, listInput, listOf, pageOf } from '#kernel/http/list.ts';
import { defineRoute } from '#kernel/http/route.ts';
import { createAdjustment } from './commands/adjust-stock.ts';
import { damageStock, freezeStock, scrapStock, unfreezeStock } from './commands/change-state.ts';
import { cancelDelivery, closeDelivery, createDelivery, receiveDelivery } from './commands/deliveries.ts';
import { assembleKits, setKit, takeKitsApart } from './commands/kits.ts';
import { moveStock } from './commands/move-stock.ts';
import { createReceipt } from './commands/receive-stock.ts';
import { reverseDocument } from './commands/reverse-document.ts';
import { createTransfer, receiveTransfer } from './commands/transfer-stock.ts';
import { presentDocument } from './present.ts';
import { listDeliveries, showDelivery } from './queries/deliveries.ts';
import { showDocument } from './queries/document.ts';
import { listKits } from './queries/kits.ts';
import * as schema from './schema-documents.ts';
import { CreateAdjustment, CreateReceipt, CreateTransfer, DocumentDetailView, DocumentView } from './schema.ts';
import { DOCUMENT_KINDS, listDocuments } from './store/documents.ts';
import { allWarehouses } from './store/warehouses.ts';

const tags = ['inventory'];
const documentId = z.object({ documentId: z.uuid() });
const deliveryId = z.object({ deliveryId: z.uuid() });

const documents = [
  defineRoute({
    method: 'POST',
    path: '/stock/receipts',
    permission: 'inventory.receipt.write',
    tags,
    summary: 'Take goods in',
    input: CreateReceipt,
    output: DocumentView,
    status: 201,
    run: (tx, ctx, input) => createReceipt(tx, ctx, input),
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
    input: documentId,
    output: DocumentView,
    run: receiveTransfer,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock/relocations',
    permission: 'inventory.move.write',
    tags,
    summary: 'Put goods from one bin into another: put away, rearrange, replenish',
    input: schema.MoveStock,
    output: DocumentView,
    status: 201,
    run: moveStock,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock/freezes',
    permission: 'inventory.state.write',
    tags,
    summary: 'Keep goods from being sold',
    input: schema.ChangeState,
    output: DocumentView,
    status: 201,
    run: freezeStock,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock/unfreezes',
    permission: 'inventory.state.write',
    tags,
    summary: 'Let frozen goods be sold again',
    input: schema.ChangeState,
    output: DocumentView,
    status: 201,
    run: unfreezeStock,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock/damages',
    permission: 'inventory.state.write',
    tags,
    summary: 'Goods are damaged: they stay, and are not for sale',
    input: schema.ChangeState,
    output: DocumentView,
    status: 201,
    run: damageStock,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock/scraps',
    permission: 'inventory.adjustment.write',
    tags,
    summary: 'Throw goods away; above the limit another person approves',
    input: schema.ScrapStock,
    output: DocumentView,
    status: 201,
    run: scrapStock,
  }),
  defineRoute({
    method: 'GET',
    path: '/stock/documents',
    permission: 'inventory.stock.read',
    tags,
    summary: 'Stock documents, newest first',
    input: z.object({ ...listInput, kind: z.enum(DOCUMENT_KINDS).optional() }),
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
    path: '/stock/documents/{documentId}',
    permission: 'inventory.stock.read',
    tags,
    summary: 'One document with what it moved, bin by bin',
    input: documentId,
    output: DocumentDetailView,
    run: showDocument,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock/documents/{documentId}/reverse',
    permission: 'inventory.adjustment.write',
    tags,
    summary: 'Undo a document by another one; above the limit another person approves',
    input: schema.ReverseDocument,
    output: DocumentView,
    status: 201,
    run: reverseDocument,
  }),
];

const kits = [
  defineRoute({
    method: 'GET',
    path: '/stock/kits',
    permission: 'inventory.stock.read',
    tags,
    summary: 'Kits and what they are made of',
    input: z.object(listInput),
    output: listOf(schema.KitView),
    run: listKits,
  }),
  defineRoute({
    method: 'PUT',
    path: '/stock/kits/{sku}',
    permission: 'inventory.kit.write',
    tags,
    summary: 'Say what a kit is made of; without components it is a kit no longer',
    input: schema.SetKit,
    output: schema.KitView,
    run: setKit,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock/kits/assemble',
    permission: 'inventory.kit.write',
    tags,
    summary: 'Make kits of their components',
    input: schema.MakeKits,
    output: DocumentView,
    status: 201,
    run: assembleKits,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock/kits/take-apart',
    permission: 'inventory.kit.write',
    tags,
    summary: 'Take kits apart',
    input: schema.MakeKits,
    output: DocumentView,
    status: 201,
    run: takeKitsApart,
  }),
];

const deliveries = [
  defineRoute({
    method: 'POST',
    path: '/stock/deliveries',
    permission: 'inventory.delivery.write',
    tags,
    summary: 'Note what a supplier is to bring',
    input: schema.CreateDelivery,
    output: schema.DeliveryView,
    status: 201,
    run: createDelivery,
  }),
  defineRoute({
    method: 'GET',
    path: '/stock/deliveries',
    permission: 'inventory.stock.read',
    tags,
    summary: 'Expected deliveries, newest first; `q` is a number, a reference or part of the supplier',
    input: schema.ListDeliveries,
    output: listOf(schema.DeliveryView),
    run: listDeliveries,
  }),
  defineRoute({
    method: 'GET',
    path: '/stock/deliveries/{deliveryId}',
    permission: 'inventory.stock.read',
    tags,
    summary: 'One delivery: ordered, received, over and short',
    input: deliveryId,
    output: schema.DeliveryView,
    run: showDelivery,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock/deliveries/{deliveryId}/receive',
    permission: 'inventory.receipt.write',
    tags,
    summary: 'Take in what came of a delivery',
    input: schema.ReceiveDelivery,
    output: schema.DeliveryView,
    run: receiveDelivery,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock/deliveries/{deliveryId}/close',
    permission: 'inventory.delivery.write',
    tags,
    summary: 'Nothing more will come',
    input: schema.CloseDelivery,
    output: schema.DeliveryView,
    run: closeDelivery,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock/deliveries/{deliveryId}/cancel',
    permission: 'inventory.delivery.write',
    tags,
    summary: 'It will not come at all',
    input: schema.CloseDelivery,
    output: schema.DeliveryView,
    run: cancelDelivery,
  }),
];

export const documentRoutes = [...documents, ...kits, ...deliveries];
