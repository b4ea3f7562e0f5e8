import { z } from 'zod';
import { listOf } from '#kernel/http/list.ts';
import { MoneyView } from '#modules/catalog/index.ts';

export const SIDE_MM_MAX = 10_000;
export const WEIGHT_G_MAX = 1_000_000;
const side = z.int().min(1).max(SIDE_MM_MAX);
const weight = z.int().min(1).max(WEIGHT_G_MAX);
const name = z.string().trim().min(1).max(100);
const cartonCode = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/);

export const CartonView = z
  .object({
    id: z.uuid(),
    code: z.string(),
    name: z.string(),
    lengthMm: z.int(),
    widthMm: z.int(),
    heightMm: z.int(),
    tareG: z.int(),
    maxG: z.int(),
    cost: MoneyView,
    material: z.string(),
    active: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'Carton' });
export type CartonView = z.input<typeof CartonView>;
export const CartonList = listOf(CartonView);

const fields = {
  name,
  lengthMm: side,
  widthMm: side,
  heightMm: side,
  tareG: z.int().min(0).max(WEIGHT_G_MAX),
  maxG: weight,
  /** In minor units of the organisation's currency. */
  costAmount: z.int().min(0).max(1_000_000_000),
  material: z.string().trim().min(1).max(60),
};
export const CreateCarton = z.object({ code: cartonCode, ...fields });
export const ChangeCarton = z.object({
  cartonId: z.uuid(),
  ...z.object(fields).partial().shape,
  active: z.boolean().optional(),
});

/** Which carton goods should go into, and why. */
export const CartonPlanView = z
  .object({
    how: z.enum(['one', 'several', 'none', 'too_many']),
    estimated: z.boolean(),
    cartons: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        pieces: z.array(z.object({ sku: z.string(), quantity: z.int() })),
        weightG: z.int(),
        filledPercent: z.int(),
        /** How the pieces lie: corner and size in millimetres. Empty when volumes decided. */
        placements: z.array(
          z.object({ sku: z.string(), at: z.array(z.int()).length(3), size: z.array(z.int()).length(3) }),
        ),
      }),
    ),
    passed: z.array(z.object({ code: z.string(), why: z.enum(['too_small', 'too_heavy']) })),
    unfit: z.array(z.object({ sku: z.string(), quantity: z.int() })),
    /** In words. */
    says: z.string(),
  })
  .meta({ id: 'CartonPlan' });

export const ChooseCarton = z.object({ parcelId: z.uuid(), carton: z.string().trim().min(1).max(40) });
export const WeighParcel = z.object({
  parcelId: z.uuid(),
  weightG: weight,
  carton: z.string().trim().min(1).max(40).optional(),
  /** Why it is taken although the weight differs. */
  reason: z.string().trim().min(2).max(300).optional(),
});
export type WeighParcel = z.output<typeof WeighParcel>;

export const WeighingView = z
  .object({
    weightG: z.int(),
    expectedG: z.int().nullable(),
    outcome: z.enum(['fits', 'unknown', 'differs', 'overridden', 'confirmed']),
    reason: z.string().nullable(),
    by: z.string(),
    at: z.string(),
  })
  .meta({ id: 'Weighing' });
export const WeighingList = z.object({ items: z.array(WeighingView) });

export const LABELS_MAX = 500;
export const PrintLabels = z.object({
  parcelIds: z.array(z.uuid()).min(1).max(LABELS_MAX),
});
