import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { openSharedFile } from '#kernel/files/index.ts';
import { decodeCursor, listInput, listOf, pageOf } from '#kernel/http/list.ts';
import { defineRoute } from '#kernel/http/route.ts';
import { changeProduct } from './commands/change-product.ts';
import { createProduct } from './commands/create-product.ts';
import { createShop } from './commands/create-shop.ts';
import { PictureNotFound, ProductNotFound, SkuNotFound } from './errors.ts';
import { presentPrices, presentProduct, presentShop } from './present.ts';
import {
  ChangeProduct,
  CreateProduct,
  CreateShop,
  ListProducts,
  PriceHistoryView,
  ProductView,
  ShopView,
} from './schema.ts';
import { pricesOf } from './store/prices.ts';
import { categoriesMatching, findProduct, listProducts, skusByCode, skusOfProducts } from './store/products.ts';
import { listShops } from './store/shops.ts';

const tags = ['catalog'];

export const routes = [
  defineRoute({
    method: 'POST',
    path: '/shops',
    permission: 'catalog.shop.write',
    tags,
    summary: 'Open a shop',
    input: CreateShop,
    output: ShopView,
    status: 201,
    run: createShop,
  }),
  defineRoute({
    method: 'GET',
    path: '/shops',
    permission: 'catalog.shop.read',
    tags,
    summary: 'Shops, by code',
    input: z.object(listInput),
    output: listOf(ShopView),
    run: async (tx, ctx, { limit, cursor }) => {
      const [from = null] = cursor === undefined ? [] : (decodeCursor('shops', cursor, 1) as string[]);
      return pageOf(
        await listShops(tx, from, limit + 1, ctx.actor.shops),
        limit,
        'shops',
        (r) => [r.code],
        presentShop,
      );
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/products',
    permission: 'catalog.product.write',
    tags,
    summary: 'Add a product with its SKUs',
    input: CreateProduct,
    output: ProductView,
    status: 201,
    run: createProduct,
  }),
  defineRoute({
    method: 'PATCH',
    path: '/products/{productId}',
    permission: 'catalog.product.write',
    tags,
    summary: 'Change a product and its SKUs',
    input: ChangeProduct,
    output: ProductView,
    run: changeProduct,
  }),
  defineRoute({
    method: 'GET',
    path: '/products/{productId}',
    permission: 'catalog.product.read',
    tags,
    summary: 'One product',
    input: z.object({ productId: z.uuid() }),
    output: ProductView,
    run: async (tx, _ctx, { productId }) => {
      const row = await findProduct(tx, productId);
      if (!row) throw new ProductNotFound({ productId });
      return presentProduct(row, await skusOfProducts(tx, [row.id]));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/products/{productId}/picture',
    permission: 'catalog.product.read',
    tags,
    summary: 'The picture of a product',
    input: z.object({ productId: z.uuid() }),
    output: z.unknown(),
    mode: 'raw',
    run: async (env, ctx, { productId }, _request, reply): Promise<FastifyReply> => {
      const picture = await env.db.read(ctx, async (tx) => {
        const row = await findProduct(tx, productId);
        if (!row?.picture_id) throw new PictureNotFound({ productId });
        return openSharedFile(tx, ctx, row.picture_id);
      });
      return reply.headers(picture.headers).send(await picture.stream());
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/categories',
    permission: 'catalog.product.read',
    tags,
    summary: 'Paths of categories that contain `q`',
    input: z.object({
      q: z.string().trim().max(100).default(''),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ items: z.array(z.string()) }),
    run: async (tx, _ctx, { q, limit }) => ({ items: await categoriesMatching(tx, q, limit) }),
  }),
  defineRoute({
    method: 'GET',
    path: '/skus/{sku}/price-history',
    permission: 'catalog.product.read',
    tags,
    summary: 'What a SKU has cost, newest first',
    input: z.object({ sku: z.string().max(80) }),
    output: PriceHistoryView,
    run: async (tx, _ctx, { sku: code }) => {
      const [sku] = await skusByCode(tx, [code]);
      if (!sku) throw new SkuNotFound();
      return presentPrices(sku, await pricesOf(tx, sku.id));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/products',
    permission: 'catalog.product.read',
    tags,
    summary: 'Products, newest first',
    input: ListProducts,
    output: listOf(ProductView),
    run: async (tx, _ctx, { limit, cursor, ...by }) => {
      const [beforeId = null] = cursor === undefined ? [] : (decodeCursor('products', cursor, 1) as string[]);
      const rows = await listProducts(tx, { ...by, beforeId, limit: limit + 1 });
      const skus = await skusOfProducts(
        tx,
        rows.map((r) => r.id),
      );
      return pageOf(
        rows,
        limit,
        'products',
        (r) => [r.id],
        (r) => presentProduct(r, skus),
      );
    },
  }),
];
