import { z } from 'zod';
import { AMOUNT_MAX } from '#kernel/money.ts';
import { CHANNELS, PAY_METHODS } from './domain/config.ts';

const fen = z.int().min(0).max(AMOUNT_MAX);

export const FeeFormulaInput = z.object({
  /** Millionths of the amount: 0.6 % = 6000. */
  rateMillionths: z.int().min(0).max(1_000_000),
  fixedFen: fen.default(0),
  floorFen: fen.default(0),
  capFen: fen.nullable().default(null),
});

const common = {
  name: z.string().trim().min(1).max(60),
  enabled: z.boolean(),
  /** Ids of the shops whose payments it takes; null: all. */
  shops: z.array(z.uuid()).min(1).max(500).nullable().default(null),
  config: z.record(z.string().max(40), z.unknown()).default({}),
  /** Only ever written. A name left out stays as it is, null takes the secret away. */
  secrets: z.record(z.string().max(40), z.string().min(1).max(8_000).nullable()).default({}),
  limits: z
    .object({
      minFen: fen.min(1).nullable().default(null),
      maxFen: fen.min(1).nullable().default(null),
      dayFen: fen.min(1).nullable().default(null),
    })
    .prefault({}),
  fee: FeeFormulaInput.nullable().default(null),
};

export const CreateAccount = z.object({ channel: z.enum(CHANNELS), ...common });
export const ChangeAccount = z.object({ accountId: z.uuid(), ...common });
export const AccountId = z.object({ accountId: z.uuid() });
export type AccountInput = Omit<z.output<typeof ChangeAccount>, 'accountId'>;

export const AccountView = z
  .object({
    id: z.uuid(),
    channel: z.string(),
    name: z.string(),
    enabled: z.boolean(),
    shops: z.array(z.uuid()).nullable(),
    config: z.record(z.string(), z.unknown()),
    /** Which secrets an account of this channel has, and since when each is set. Never what they are. */
    secrets: z.array(z.object({ name: z.string(), needed: z.boolean(), setAt: z.string().nullable() })),
    /** Certificates that belong to it, to see in time which of them end. */
    certificates: z.array(
      z.object({ of: z.enum(['merchant', 'next_merchant', 'channel']), serial: z.string(), until: z.string() }),
    ),
    /** What the channel is told to call. */
    notifyUrl: z.string(),
    limits: z.object({ minFen: z.int().nullable(), maxFen: z.int().nullable(), dayFen: z.int().nullable() }),
    fee: z
      .object({ rateMillionths: z.int(), fixedFen: z.int(), floorFen: z.int(), capFen: z.int().nullable() })
      .nullable(),
    /** Every field that keeps it from being switched on. */
    missing: z.array(z.string()),
    updatedAt: z.string(),
    may: z.array(z.string()),
    version: z.int(),
  })
  .meta({ id: 'PaymentChannel' });
export type AccountView = z.input<typeof AccountView>;

export const TestResult = z
  .object({
    ok: z.boolean(),
    /** One finding for each thing that was tried; the text is in the caller's language. */
    findings: z.array(z.object({ code: z.string(), ok: z.boolean(), message: z.string() })),
  })
  .meta({ id: 'PaymentChannelTest' });

/** The channels a payer may choose from. */
export const PayOptions = z
  .object({
    items: z.array(z.object({ channel: z.string(), name: z.string(), methods: z.array(z.enum(PAY_METHODS)) })),
  })
  .meta({ id: 'PaymentOptions' });
