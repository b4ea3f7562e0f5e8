import type { Money } from '../ui/format/money.ts';

/** A page of a list; `nextCursor` is opaque and null on the last page. */
export type Page<T> = { items: T[]; nextCursor: string | null };

export type Ref = { id: string; code: string; name: string };

export type Me = {
  user: { id: string; name: string; email: string; twoFactorEnabled: boolean };
  org: { id: string; code: string; name: string };
  roles: string[];
  permissions: string[];
  locale: 'zh-CN' | 'en';
};

export const ORDER_STATUSES = [
  'pending_payment',
  'paid',
  'shipped',
  'delivered',
  'completed',
  'cancelled',
  'closed',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export type DeadlineState = 'open' | 'warned' | 'breached' | 'met';
export type Deadline = { kind: string; dueAt: string; state: DeadlineState };

export type Dashboard = {
  today: { orders: number; amount: Money; paid: number; shipped: number; cancelled: number };
  todo: { kind: string; count: number; link: string }[];
  deadlinesAtRisk: (Deadline & { orderId: string; orderNo: string })[];
  series: { hour: string; orders: number; amount: Money | number }[];
  stock: { low: number };
};

export type OrderRow = {
  id: string;
  orderNo: string;
  externalNo: string | null;
  shop: Ref;
  channel: string;
  status: OrderStatus;
  holds: string[];
  customer: { id: string; name: string; phone: string };
  total: Money;
  lineCount: number;
  placedAt: string;
  paidAt: string | null;
  deadline?: Deadline | null;
};

export type OrderLine = {
  id: string;
  sku: string;
  title: string;
  pictureUrl?: string | null;
  quantity: number;
  unitPrice: Money;
  discount: Money;
  payable: Money;
  reserved: number;
  picked: number;
  shipped: number;
  returned: number;
  refunded: Money | null;
};

export type ShipTo = {
  name: string;
  phone: string;
  province: string;
  city: string;
  district: string;
  address: string;
  country?: string;
};

export type Refund = { id: string; status: string; amount: Money; reason: string; createdAt: string };
export type Payment = {
  id: string;
  channel: string;
  status: 'pending' | 'succeeded' | 'failed' | 'closed';
  amount: Money;
  refunded: Money;
  createdAt: string;
  paidAt: string | null;
  refunds: Refund[];
};

export type Order = OrderRow & {
  version: number;
  may: string[];
  remark: string | null;
  payment: 'prepaid' | 'online' | 'cod';
  promisedShipAt: string | null;
  shipTo: ShipTo;
  lines: OrderLine[];
  money: { goods: Money; discount: Money; freight: Money; payable: Money; paid: Money; refunded: Money };
  deadlines: Deadline[];
  payments: Payment[];
  parcels: Parcel[];
};

export type TimelineItem = {
  at: string;
  type: string;
  actor: { kind: string; name: string } | string;
  summary: string;
  data?: unknown;
};

export type NewOrder = {
  shop: string;
  channel: string;
  customer: { name?: string; phone?: string };
  shipTo: ShipTo;
  lines: { sku: string; quantity: number; unitPrice?: Money }[];
  remark?: string;
  payment: 'prepaid' | 'online' | 'cod';
};

export type Sku = {
  id?: string;
  sku: string;
  barcode?: string | null;
  title?: string | null;
  price: Money;
  weightG?: number | null;
  reserveOn?: 'order' | 'payment';
  available?: number;
};

export type Product = {
  id: string;
  code: string;
  title: string;
  category: string;
  status: 'on_sale' | 'off_sale';
  pictureUrl: string | null;
  skus: Sku[];
  version: number;
  updatedAt: string;
};

export type SkuHit = {
  sku: string;
  title: string;
  barcode: string | null;
  price: Money;
  available: number;
  pictureUrl: string | null;
};

export type Shop = Ref & { currency: string; status: 'open' | 'closed'; createdAt: string };
export type Warehouse = Ref & { address: string | null; status: 'open' | 'closed'; createdAt: string };

export type StockRow = {
  sku: string;
  title?: string;
  warehouse: string;
  onHand: number;
  reserved: number;
  available: number;
  inTransit: number;
  damaged: number;
  frozen: number;
};

export type StockMove = {
  id: string;
  at: string;
  kind: string;
  sku: string;
  warehouse: string;
  bucket: string;
  quantity: number;
  reference: string | null;
  actor: string;
};

export type StockAudit = {
  ok: boolean;
  checked: number;
  mismatches: { sku: string; warehouse: string; says: string }[];
};

export type ScanLine = {
  lineId: string;
  sku: string;
  barcode: string | null;
  title: string;
  bin?: string | null;
  quantity: number;
  scanned: number;
  pictureUrl?: string | null;
};

export type TrackNode = { at: string; node: string; place: string | null; text: string };

export type Parcel = {
  id: string;
  parcelNo: string;
  orderId: string;
  orderNo: string;
  status: string;
  warehouse: string;
  carrier: string | null;
  waybillNo: string | null;
  lines: ScanLine[];
  track: TrackNode[];
  createdAt: string;
  shippedAt: string | null;
};

export type Pick = {
  id: string;
  orderId: string;
  orderNo: string;
  status: string;
  warehouse: string;
  lines: ScanLine[];
};

export type ImportRun = {
  id: string;
  kind: string;
  fileName: string;
  status: 'queued' | 'running' | 'succeeded' | 'failed';
  dryRun: boolean;
  total: number | null;
  done: number;
  failed: number;
  rejectsUrl: string | null;
  createdAt: string;
  finishedAt: string | null;
  by: string;
};

export type User = {
  id: string;
  name: string;
  email: string;
  roles: string[];
  status: 'active' | 'invited' | 'disabled' | 'locked';
  twoFactorEnabled: boolean;
  lastSeenAt: string | null;
  sessions: number;
  version: number;
};

export type Role = {
  id: string;
  code: string;
  name: string;
  builtIn: boolean;
  permissions: string[];
  users: number;
  version: number;
};
export type PermissionInfo = { code: string; module: string; title: string };
export type ApiKey = {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
  revokedAt: string | null;
};

export type AuditEntry = {
  id: string;
  seq: number;
  at: string;
  actor: { kind: string; name: string };
  action: string;
  subject: { kind: string; id: string; label?: string };
  summary: string;
  changes: unknown;
  requestId: string;
  hash: string;
};

export type AuditVerdict = { ok: boolean; checked: number; brokenAt: number | null };
export type Session = {
  id: string;
  device: string;
  ip: string;
  createdAt: string;
  lastSeenAt: string;
  current: boolean;
};
export type Notice = {
  id: string;
  at: string;
  title: string;
  body: string;
  link: string | null;
  readAt: string | null;
};

/** The part of JSON Schema the settings form draws. */
export type JsonSchema = {
  type?: string | string[];
  title?: string;
  description?: string;
  enum?: (string | number)[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  required?: string[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  default?: unknown;
  unit?: string;
};
export type SettingsSection = {
  section: string;
  title?: string;
  schema: JsonSchema;
  values: Record<string, unknown>;
  version: number;
};
