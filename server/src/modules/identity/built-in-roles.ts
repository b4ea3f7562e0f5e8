export type RoleName = { 'zh-CN': string; en: string };
export type BuiltInRole = { code: string; name: RoleName; permissions: readonly string[] };

const goods = ['catalog.*.read', 'inventory.*.read'];
const orderSight = [
  'orders.*.read',
  'customers.*.read',
  'payments.*.read',
  'shipping.*.read',
  'fulfilment.*.read',
  'aftersales.*.read',
  'approvals.*.read',
  'promotions.*.read',
];
const service = [
  ...goods,
  ...orderSight,
  'orders.order.place',
  'orders.order.amend',
  'orders.order.split',
  'orders.order.merge',
  'orders.order.cancel',
  'orders.order.intercept',
  'shipping.interception.*',
  'orders.order.hold',
  'orders.order.release',
  'orders.order.confirm_receipt',
  'orders.payment.create',
  'customers.customer.write',
  'customers.points.spend',
  'customers.points.compensate',
  'orders.exception.*',
  'orders.claim.handle',
  'orders.back_in_stock.write',
  'aftersales.*.create',
  'support.*',
  'knowledge.*.read',
  'compliance.personal_data.reveal',
];
const store = [
  ...goods,
  'orders.order.read',
  'orders.exception.report',
  'orders.replenishment.*',
  'shipping.shipment.*',
  'shipping.interception.*',
  'shipping.*.read',
  'fulfilment.*',
  'inventory.receipt.write',
  'inventory.adjustment.write',
  'inventory.move.write',
  'inventory.state.write',
  'inventory.kit.write',
  'inventory.count.write',
];

/** Roles every organisation has. They are patterns over the catalogue, so new modules' permissions fall in by name. */
export const BUILT_IN_ROLES: readonly BuiltInRole[] = [
  { code: 'admin', name: { 'zh-CN': '管理员', en: 'Administrator' }, permissions: ['*'] },
  {
    code: 'order_reviewer',
    name: { 'zh-CN': '审单员', en: 'Order reviewer' },
    permissions: [...goods, ...orderSight, 'orders.*', 'compliance.personal_data.reveal'],
  },
  { code: 'agent', name: { 'zh-CN': '客服', en: 'Service agent' }, permissions: service },
  {
    code: 'agent_supervisor',
    name: { 'zh-CN': '客服主管', en: 'Service supervisor' },
    permissions: [
      ...service,
      'orders.*',
      'payments.refund.create',
      'customers.*',
      'aftersales.*',
      'quality.*',
      'knowledge.*',
      'training.*.read',
      'approvals.*',
      'insights.*.read',
      'identity.user.read',
    ],
  },
  { code: 'warehouse', name: { 'zh-CN': '仓库员', en: 'Warehouse worker' }, permissions: store },
  {
    code: 'warehouse_manager',
    name: { 'zh-CN': '仓库主管', en: 'Warehouse manager' },
    permissions: [...store, 'inventory.*', 'shipping.*', 'transfers.*', 'approvals.*'],
  },
  {
    code: 'finance',
    name: { 'zh-CN': '财务', en: 'Finance' },
    permissions: [
      ...goods,
      ...orderSight,
      'payments.*',
      'invoicing.*',
      'approvals.*',
      'transfers.*',
      'insights.*.read',
    ],
  },
  {
    code: 'operations',
    name: { 'zh-CN': '运营', en: 'Operations' },
    permissions: [
      ...goods,
      ...orderSight,
      'catalog.*',
      'orders.replenishment.write',
      'inventory.replenishment.*',
      'promotions.*',
      'transfers.*',
      'insights.*',
      'stations.*',
      'settings.read',
    ],
  },
  {
    code: 'compliance',
    name: { 'zh-CN': '合规', en: 'Compliance' },
    permissions: [
      'compliance.*',
      'identity.*.read',
      'orders.*.read',
      'customers.*.read',
      'approvals.*.read',
      'settings.read',
    ],
  },
  {
    code: 'readonly',
    name: { 'zh-CN': '只读', en: 'Read only' },
    permissions: [...goods, ...orderSight, 'promotions.*.read', 'knowledge.*.read', 'insights.*.read'],
  },
];

export const builtInRole = (code: string): BuiltInRole | undefined => BUILT_IN_ROLES.find((role) => role.code === code);
