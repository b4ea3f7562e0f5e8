export const SEVERITIES = ['normal', 'major'] as const;
export type Severity = (typeof SEVERITIES)[number];
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];
export const MESSAGE_KINDS = ['inbound', 'outbound', 'internal', 'notice'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];
export const LINK_KINDS = [
  'order',
  'parcel',
  'shipment',
  'after_sale',
  'exception',
  'claim',
  'invoice',
  'payment',
  'ticket',
] as const;
export type LinkKind = (typeof LINK_KINDS)[number];
