import { z } from 'zod';

/** How a payer is asked for the money at a channel. */
export const PAY_METHODS = ['native', 'jsapi', 'h5', 'page', 'wap', 'qr'] as const;
export type PayMethod = (typeof PAY_METHODS)[number];

const PEM_MAX = 8_000;
const pem = z.string().trim().max(PEM_MAX);
const digits = (min: number, max: number) =>
  z
    .string()
    .trim()
    .regex(new RegExp(`^\\d{${min},${max}}$`));

/** What may be seen of an account at WeChat Pay (API v3). */
export const WechatConfig = z.object({
  mchid: digits(8, 12),
  appid: z
    .string()
    .trim()
    .regex(/^wx[0-9a-zA-Z]{6,30}$/),
  methods: z
    .array(z.enum(['native', 'jsapi', 'h5']))
    .min(1)
    .max(3)
    .default(['native', 'jsapi', 'h5']),
  /** How answers and callbacks are proven: by the public key WeChat Pay gave, or by certificates it hands out. */
  mode: z.enum(['public_key', 'certificate']).default('public_key'),
  /** The merchant's certificate the private key belongs to; its serial number is read from it. */
  certificate: pem,
  /** The certificate that comes next, with the private key that comes next. */
  nextCertificate: pem.default(''),
  /** At most two at once: the old and the new one while WeChat Pay changes over. */
  publicKeys: z
    .array(
      z.object({
        id: z
          .string()
          .trim()
          .regex(/^PUB_KEY_ID_[0-9A-Za-z]{4,60}$/),
        pem,
      }),
    )
    .max(2)
    .default([]),
});
export type WechatConfig = z.output<typeof WechatConfig>;

/** What may be seen of an account at Alipay's open platform (public-key mode). */
export const AlipayConfig = z.object({
  appId: digits(12, 20),
  sellerId: z
    .string()
    .trim()
    .regex(/^2088\d{12}$/),
  methods: z
    .array(z.enum(['qr', 'page', 'wap']))
    .min(1)
    .max(3)
    .default(['qr', 'page', 'wap']),
  /** Alipay's public key, not the application's. */
  alipayPublicKey: pem,
  nextAlipayPublicKey: pem.default(''),
});
export type AlipayConfig = z.output<typeof AlipayConfig>;

/** What may be seen of an account at UnionPay's online gateway (version 5.1.0). */
export const UnionpayConfig = z.object({
  merId: digits(15, 15),
  /** `test`: UnionPay's integration environment, which signs under another name. */
  environment: z.enum(['production', 'test']).default('production'),
  methods: z
    .array(z.enum(['qr', 'page', 'wap']))
    .min(1)
    .max(3)
    .default(['qr', 'page', 'wap']),
  /** The merchant's certificate the private key belongs to, taken out of the .pfx file; its serial number names it. */
  certificate: pem,
  nextCertificate: pem.default(''),
  /** UnionPay's root and intermediate certificates, one after the other: what its answers are proven by. */
  trusted: pem,
});
export type UnionpayConfig = z.output<typeof UnionpayConfig>;

export const SandboxConfig = z.object({});

type Kind = {
  readonly config: z.ZodObject;
  /** Secrets by name; those of `needed` must be set before the account takes payments. */
  readonly secrets: readonly string[];
  readonly needed: readonly string[];
  /** The first is what is used when nobody chooses. */
  readonly methods: readonly PayMethod[];
};

/** What an account of each channel consists of. */
export const KINDS: Readonly<Record<string, Kind>> = {
  wechat: {
    config: WechatConfig,
    secrets: ['privateKey', 'nextPrivateKey', 'apiV3Key'],
    needed: ['privateKey', 'apiV3Key'],
    methods: ['native', 'jsapi', 'h5'],
  },
  alipay: {
    config: AlipayConfig,
    secrets: ['privateKey', 'nextPrivateKey'],
    needed: ['privateKey'],
    methods: ['qr', 'page', 'wap'],
  },
  unionpay: {
    config: UnionpayConfig,
    secrets: ['privateKey', 'nextPrivateKey'],
    needed: ['privateKey'],
    methods: ['qr', 'page', 'wap'],
  },
  sandbox: { config: SandboxConfig, secrets: [], needed: [], methods: [] },
};

export const CHANNELS = ['wechat', 'alipay', 'unionpay', 'sandbox'] as const;
export type AccountChannel = (typeof CHANNELS)[number];
