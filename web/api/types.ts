import type { Answer, Schemas } from './paths.ts';

/** The shapes pages speak of, each as the server describes it. */
export type { Schemas } from './paths.ts';

/** A page of a list; `nextCursor` is opaque and null on the last page, or absent where all fits on one. */
export type Page<T> = { items: T[]; nextCursor?: string | null };

export type Me = Schemas['Me'];
export type Dashboard = Schemas['Dashboard'];
export type OrderRow = Schemas['OrderSummary'];
export type Order = Schemas['Order'];
export type OrderLine = Schemas['OrderLine'];
export type OrderStatus = Order['status'];
export type NewOrder = Schemas['PlaceOrder'];
export type TimelineItem = Answer<'/orders/{orderId}/timeline', 'get'>['items'][number];
export type Payment = Schemas['Payment'];
export type Refund = Schemas['Refund'];
export type Parcel = Schemas['Parcel'];
export type Pick = Schemas['Pick'];
export type Wave = Schemas['WaveSummary'];
export type ScanLine = Schemas['ScanLine'];
export type Shipment = Schemas['ShipmentSummary'];
export type Carrier = Schemas['Carrier'];
export type Product = Schemas['Product'];
export type SkuHit = Schemas['SkuHit'];
export type Shop = Schemas['Shop'];
export type Warehouse = Schemas['Warehouse'];
export type StockRow = Schemas['Stock'];
export type StockMove = Schemas['StockMove'];
export type StockDocument = Schemas['StockDocument'];
export type ImportRun = Schemas['Import'];
export type ExportRun = Schemas['Export'];
export type Approval = Schemas['Approval'];
export type User = Schemas['User'];
export type Role = Schemas['Role'];
export type PermissionInfo = Answer<'/permissions', 'get'>['items'][number];
export type ApiKey = Schemas['ApiKey'];
export type Webhook = Schemas['Webhook'];
export type WebhookDelivery = Schemas['WebhookDelivery'];
export type AuditEvent = Schemas['AuditEvent'];
export type Session = Schemas['Session'];
export type Notice = Schemas['Notification'];
export type SettingsSection = Schemas['Settings'];
export type PortalParcel = Schemas['PortalParcel'];

export const ORDER_STATUSES = [
  'pending_payment',
  'paid',
  'shipped',
  'delivered',
  'completed',
  'cancelled',
  'closed',
] as const satisfies readonly OrderStatus[];

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
