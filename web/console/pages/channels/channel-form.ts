import type { Body } from '../../../api/paths.ts';
import type { PaymentChannel } from '../../../api/types.ts';
import { parseMoney, toDecimal } from '../../../ui/format/money.ts';
import { rateOf, rateText } from './fee.ts';

export const CHANNELS = ['wechat', 'alipay', 'unionpay', 'sandbox'] as const;
export type ChannelCode = (typeof CHANNELS)[number];
export const METHODS: Readonly<Record<string, readonly string[]>> = {
  wechat: ['native', 'jsapi', 'h5'],
  alipay: ['qr', 'page', 'wap'],
  unionpay: ['qr', 'page', 'wap'],
  sandbox: [],
};

/** What is typed: amounts in yuan, rates in percent, secrets only where they are to change. */
export type Values = {
  name: string;
  enabled: boolean;
  shops: string[];
  config: Record<string, unknown>;
  secrets: Record<string, string | undefined>;
  limits: { minFen: string; maxFen: string; dayFen: string };
  fee: { rateMillionths: string; fixedFen: string; floorFen: string; capFen: string };
};

const CURRENCY = 'CNY';
const yuan = (fen: number | null | undefined): string =>
  fen == null ? '' : toDecimal({ amount: fen, currency: CURRENCY });
/** Fen of what was typed; null for nothing. */
export const fen = (text: string | undefined): number | null =>
  text?.trim() ? (parseMoney(text, CURRENCY) ?? null) : null;
/** Whether a text is an amount, or nothing. */
export const isAmount = (text: string | undefined): boolean => {
  const amount = text?.trim() ? parseMoney(text, CURRENCY) : 0;
  return amount !== undefined && amount >= 0;
};

const blankConfig = (channel: string): Record<string, unknown> => ({
  ...(channel === 'sandbox' ? {} : { methods: METHODS[channel] }),
  ...(channel === 'wechat' ? { mode: 'public_key', publicKeys: [{ id: '', pem: '' }] } : {}),
  ...(channel === 'unionpay' ? { environment: 'production' } : {}),
});

/** What the form begins with: the account, or a new one. */
export function toValues(channel: string, account: PaymentChannel | undefined, name: string): Values {
  const fee = account?.fee;
  return {
    name: account?.name ?? name,
    enabled: account?.enabled ?? channel === 'sandbox',
    shops: account?.shops ?? [],
    config: { ...blankConfig(channel), ...account?.config },
    secrets: {},
    limits: {
      minFen: yuan(account?.limits.minFen),
      maxFen: yuan(account?.limits.maxFen),
      dayFen: yuan(account?.limits.dayFen),
    },
    fee: {
      rateMillionths: fee ? rateText(fee.rateMillionths) : '',
      fixedFen: yuan(fee?.fixedFen || null),
      floorFen: yuan(fee?.floorFen || null),
      capFen: yuan(fee?.capFen),
    },
  };
}

/** The fee typed; null while no rate is. */
export function feeFrom(fee: Values['fee'] | undefined): NonNullable<PaymentChannel['fee']> | null {
  const rateMillionths = rateOf(fee?.rateMillionths ?? '');
  if (rateMillionths === undefined || !fee) return null;
  const { fixedFen, floorFen, capFen } = fee;
  return { rateMillionths, fixedFen: fen(fixedFen) ?? 0, floorFen: fen(floorFen) ?? 0, capFen: fen(capFen) };
}

type PublicKey = { id?: string; pem?: string };
const typed = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

/** What the server is sent. Fields left empty are not said; keys nobody typed stay as they are. */
export function toBody(channel: string, values: Values): Omit<Body<'/payment-channels', 'post'>, 'channel'> {
  const config = Object.fromEntries(Object.entries(values.config).filter(([, v]) => typeof v !== 'string' || typed(v)));
  if (channel === 'wechat') {
    const keys = (values.config['publicKeys'] ?? []) as PublicKey[];
    config['publicKeys'] = keys
      .filter((key) => typed(key?.id) || typed(key?.pem))
      .map((key) => ({ id: key.id ?? '', pem: key.pem ?? '' }));
  }
  const isBlank =
    channel !== 'sandbox' &&
    !Object.keys(config).some((k) => !['methods', 'mode', 'publicKeys', 'environment'].includes(k));
  return {
    name: values.name,
    enabled: values.enabled,
    shops: values.shops.length > 0 ? values.shops : null,
    config: isBlank && !values.enabled ? {} : config,
    secrets: Object.fromEntries(Object.entries(values.secrets).filter(([, v]) => typed(v))) as Record<string, string>,
    limits: { minFen: fen(values.limits.minFen), maxFen: fen(values.limits.maxFen), dayFen: fen(values.limits.dayFen) },
    fee: feeFrom(values.fee),
  };
}
