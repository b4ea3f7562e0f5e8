/** What a customer may ask for, as the API spells it. */
export const TYPES = ['refund', 'return', 'exchange', 'repair', 'reship', 'price_protection', 'compensation'] as const;
export type AftersalesType = (typeof TYPES)[number];

/** Why, and what may be asked for that reason. Codes are public API: never renamed. Texts: `aftersales.reasons.<code>`. */
export const REASONS = {
  no_reason: ['refund', 'return', 'exchange'],
  quality: ['refund', 'return', 'exchange', 'repair', 'reship', 'compensation'],
  malfunction: ['return', 'exchange', 'repair', 'compensation'],
  damaged: ['refund', 'return', 'exchange', 'repair', 'reship', 'compensation'],
  wrong_item: ['refund', 'return', 'exchange', 'reship', 'compensation'],
  missing: ['refund', 'reship', 'compensation'],
  not_as_described: ['refund', 'return', 'exchange', 'compensation'],
  expired: ['refund', 'return', 'exchange', 'reship', 'compensation'],
  counterfeit: ['refund', 'return', 'compensation'],
  not_received: ['refund', 'reship', 'compensation'],
  late: ['refund', 'return', 'compensation'],
  price_drop: ['price_protection'],
  service: ['compensation'],
  other: ['refund', 'return', 'exchange', 'repair', 'reship', 'compensation'],
} as const satisfies Record<string, readonly AftersalesType[]>;
export type Reason = keyof typeof REASONS;
export const REASON_CODES = Object.keys(REASONS) as [Reason, ...Reason[]];

/** Whether the reason is one for asking for this. */
export const fits = (reason: Reason, type: AftersalesType): boolean =>
  (REASONS[reason] as readonly AftersalesType[]).includes(type);

export const FREIGHTS = ['buyer', 'seller', 'none'] as const;
export const EVIDENCES = ['none', 'photo', 'video'] as const;
export const REVIEWS = ['instant', 'reviewed'] as const;
export const WINDOW_UNITS = ['hour', 'day'] as const;
/** What a window is counted from. A day's window ends with the day; hours are counted to the minute. */
export const WINDOW_STARTS = ['receipt', 'dispatch', 'payment'] as const;
export type Freight = (typeof FREIGHTS)[number];
export type Evidence = (typeof EVIDENCES)[number];
export type Review = (typeof REVIEWS)[number];
export type WindowUnit = (typeof WINDOW_UNITS)[number];
export type WindowStart = (typeof WINDOW_STARTS)[number];

/**
 * One rule. `category`: '' = every one; a path such as `食品/生鲜` with all below it; or a name after two signs (`*`/`生鲜`)
 * for categories of that name wherever they hang. `window` null = no end.
 */
export type PolicyRule = {
  category: string;
  type: AftersalesType;
  reason: Reason | '*';
  allowed: boolean;
  window: { count: number; unit: WindowUnit; from: WindowStart } | null;
  freight: Freight;
  evidence: Evidence;
  review: Review;
  /** Stable code of the clause a decision names, such as `fresh.no_reason`. */
  clause: string;
  text: { 'zh-CN': string; en: string };
};
/** The rules from a moment on. Number 0 is the policy this software ships. */
export type PolicyVersion = { no: number; effectiveFrom: Date; rules: readonly PolicyRule[] };
