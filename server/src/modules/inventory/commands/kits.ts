import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { SkuNotFound, skusByCode, skusByIds } from '#modules/catalog/index.ts';
import { NO_BATCH } from '../domain/choose-stock.ts';
import { KitUnknown, StockDocumentInvalid } from '../errors.ts';
import { KitChanged, StockChanged } from '../events.ts';
import { presentDocument } from '../present.ts';
import type { DocumentView } from '../schema.ts';
import type { KitView, MakeKits, SetKit } from '../schema-documents.ts';
import { batchesByIds } from '../store/batches.ts';
import { type ComponentRow, componentsOf, setComponents } from '../store/kits.ts';
import { type Move, postMoves } from '../store/post.ts';
import type { WarehouseRow } from '../store/warehouses.ts';
import { mayTouch, newDocument, skuOf, told } from './document.ts';
import { type PlaceInput, placesFrom, placesInto } from './places.ts';
import { resolveDocument } from './resolve-lines.ts';

/** Says what a kit is made of; nothing that is assembled already changes. @throws SkuNotFound, StockDocumentInvalid. */
export async function setKit(tx: Tx, ctx: Ctx, input: z.output<typeof SetKit>): Promise<z.input<typeof KitView>> {
  const [kit] = await skusByCode(tx, [input.sku]);
  if (!kit) throw new SkuNotFound({ sku: input.sku });
  const { skus } = await resolveDocument(tx, {}, input.components, 'components');
  const problems: FieldProblem[] = [];
  const seen = new Set<string>();
  for (const [i, c] of input.components.entries()) {
    const own = c.sku === input.sku;
    if (own || seen.has(c.sku))
      problems.push({
        path: `components[${i}].sku`,
        code: own ? 'kit_of_itself' : 'repeated',
        facts: { value: c.sku },
      });
    seen.add(c.sku);
  }
  if (problems.length > 0) throw new StockDocumentInvalid({}, problems);
  await setComponents(
    tx,
    kit.id,
    input.components.map((c) => ({ skuId: skuOf(skus, c.sku).id, quantity: c.quantity })),
  );
  await KitChanged.emit(tx, ctx, kit.id, { sku: kit.sku, components: input.components.length });
  return {
    sku: kit.sku,
    title: kit.title,
    components: input.components.map((c) => ({ ...c, title: skuOf(skus, c.sku).title })),
  };
}

type Kit = { warehouse: WarehouseRow; kitId: string; components: ComponentRow[] };

async function kitOf(tx: Tx, ctx: Ctx, input: MakeKits): Promise<Kit> {
  const { warehouses, skus } = await resolveDocument(tx, { warehouse: input.warehouse }, [input]);
  const warehouse = warehouses['warehouse'] as WarehouseRow;
  mayTouch(ctx, warehouse);
  const kit = skuOf(skus, input.sku);
  const components = await componentsOf(tx, [kit.id]);
  if (components.length === 0) throw new KitUnknown({ sku: input.sku });
  return { warehouse, kitId: kit.id, components };
}

/** Makes kits: the components leave by expiry, and the kits expire with the first of them. @throws InsufficientStock. */
export async function assembleKits(tx: Tx, ctx: Ctx, input: MakeKits): Promise<z.input<typeof DocumentView>> {
  const { warehouse, kitId, components } = await kitOf(tx, ctx, input);
  const names = new Map(
    (
      await skusByIds(
        tx,
        components.map((c) => c.component_sku_id),
      )
    ).map((s) => [s.id, s.sku]),
  );
  const row = await newDocument(tx, ctx, kitDocument('kit', warehouse, input));
  const used = await postMoves(
    tx,
    ctx,
    components.map((c): Move => ({
      skuId: c.component_sku_id,
      warehouseId: warehouse.id,
      kind: 'kit',
      onHand: -c.quantity * input.quantity,
      docId: row.id,
      path: 'quantity',
      sku: names.get(c.component_sku_id) ?? '',
    })),
  );
  const expiresOn = await firstExpiry(tx, used);
  const [place] = await intoPlaces(tx, ctx, warehouse, [{ ...input, expiresOn }]);
  await postMoves(tx, ctx, [
    {
      skuId: kitId,
      warehouseId: warehouse.id,
      kind: 'kit',
      onHand: input.quantity,
      docId: row.id,
      binId: place?.binId,
      batchId: place?.batchId,
    },
  ]);
  await StockChanged.emit(tx, ctx, row.id, { ...told(row, warehouse.code, input.quantity), kind: 'kit' });
  return presentDocument(row, warehouse.code, null);
}

/** Takes kits apart: the components come onto the floor and expire when the kit did. @throws InsufficientStock. */
export async function takeKitsApart(tx: Tx, ctx: Ctx, input: MakeKits): Promise<z.input<typeof DocumentView>> {
  const { warehouse, kitId, components } = await kitOf(tx, ctx, input);
  const { skus } = await resolveDocument(tx, {}, [input]);
  const [from] = await placesFrom(tx, warehouse.id, [{ sku: input.sku, bin: input.bin }], skus);
  const row = await newDocument(tx, ctx, kitDocument('unkit', warehouse, input));
  const used = await postMoves(tx, ctx, [
    {
      skuId: kitId,
      warehouseId: warehouse.id,
      kind: 'unkit',
      onHand: -input.quantity,
      docId: row.id,
      binId: from?.binId,
      path: 'quantity',
      sku: input.sku,
    },
  ]);
  const expiresOn = await firstExpiry(tx, used);
  const parts = new Map(
    (
      await skusByIds(
        tx,
        components.map((c) => c.component_sku_id),
      )
    ).map((s) => [s.id, s.sku]),
  );
  const lines = components.map((c) => ({ sku: parts.get(c.component_sku_id) ?? '', expiresOn }));
  const places = await intoPlaces(tx, ctx, warehouse, lines);
  await postMoves(
    tx,
    ctx,
    components.map((c, i): Move => ({
      skuId: c.component_sku_id,
      warehouseId: warehouse.id,
      kind: 'unkit',
      onHand: c.quantity * input.quantity,
      docId: row.id,
      batchId: places[i]?.batchId,
    })),
  );
  await StockChanged.emit(tx, ctx, row.id, { ...told(row, warehouse.code, input.quantity), kind: 'unkit' });
  return presentDocument(row, warehouse.code, null);
}

const kitDocument = (kind: 'kit' | 'unkit', warehouse: WarehouseRow, input: MakeKits) => ({
  kind,
  warehouse_id: warehouse.id,
  state: 'posted' as const,
  lines: [{ sku: input.sku, quantity: input.quantity }],
  reference: input.reference ?? null,
});

async function intoPlaces(tx: Tx, ctx: Ctx, warehouse: WarehouseRow, lines: readonly PlaceInput[]) {
  const { skus } = await resolveDocument(tx, {}, lines);
  return placesInto(tx, ctx, warehouse.id, lines, skus);
}

/** The earliest day on which one of the batches expires; undefined when none does. */
async function firstExpiry(tx: Tx, moves: readonly Move[]): Promise<string | undefined> {
  const ids = moves.map((m) => m.batchId ?? NO_BATCH).filter((id) => id !== NO_BATCH);
  const days = [...(await batchesByIds(tx, ids)).values()].flatMap((b) => b.expires_on ?? []);
  return days.toSorted()[0];
}
