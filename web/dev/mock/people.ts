import type {
  ApiKey,
  AuditEntry,
  ImportRun,
  Me,
  Notice,
  Role,
  Session,
  SettingsSection,
  User,
} from '../../api/types.ts';
import { idOf } from './random.ts';

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

export const me: Me = {
  user: { id: idOf(20, 1), name: '沈掌柜', email: 'admin@demo.example', twoFactorEnabled: false },
  org: { id: idOf(21, 1), code: 'demo', name: '掌柜演示商贸有限公司' },
  roles: ['admin'],
  permissions: ['*'],
  locale: 'zh-CN',
};

export const permissions = [
  ['orders.order.read', '查看订单'],
  ['orders.order.create', '创建订单'],
  ['orders.order.cancel', '取消订单'],
  ['orders.order.review', '审核订单'],
  ['orders.order.hold', '挂起与放行订单'],
  ['catalog.product.read', '查看商品'],
  ['catalog.product.write', '维护商品'],
  ['catalog.shop.write', '维护店铺'],
  ['inventory.stock.read', '查看库存'],
  ['inventory.stock.receive', '采购入库'],
  ['inventory.stock.adjust', '调整库存'],
  ['fulfilment.parcel.read', '查看包裹'],
  ['fulfilment.parcel.write', '拣货、打包与发货'],
  ['payments.refund.create', '发起退款'],
  ['identity.user.write', '管理成员'],
  ['identity.role.write', '管理角色'],
  ['identity.key.write', '管理 API 密钥'],
  ['audit.entry.read', '查看审计日志'],
  ['compliance.personal_data.reveal', '查看完整个人信息'],
].map(([code = '', title = '']) => ({ code, title, module: code.split('.')[0] ?? '' }));

const codes = permissions.map((p) => p.code);
const role = (n: number, code: string, name: string, builtIn: boolean, held: string[], users: number): Role => ({
  id: idOf(22, n),
  code,
  name,
  builtIn,
  permissions: held,
  users,
  version: 1,
});
export const roles: Role[] = [
  role(1, 'admin', '管理员', true, ['*'], 2),
  role(
    2,
    'service',
    '客服',
    true,
    codes.filter((code) => code.startsWith('orders.') || code.endsWith('.read')),
    8,
  ),
  role(
    3,
    'warehouse',
    '仓库',
    true,
    codes.filter((code) => /^(fulfilment|inventory)\./.test(code)),
    6,
  ),
  role(
    4,
    'finance',
    '财务',
    true,
    codes.filter((code) => /^payments\.|\.read$/.test(code)),
    2,
  ),
  role(5, 'night', '夜班客服组长（临时）', false, ['orders.order.read'], 1),
];

export const users: User[] = Array.from({ length: 34 }, (_, n) => ({
  id: idOf(20, n + 1),
  name:
    ['沈掌柜', '李仓管', '王小客服', '周财务', 'Alexandra Konstantinopoulos-Fitzgerald'][n % 5] +
    (n < 5 ? '' : String(n)),
  email: n === 0 ? me.user.email : `user${n}.with.a.rather.long.address@demo-organisation.example`,
  roles: [['admin'], ['warehouse'], ['service'], ['finance'], ['service', 'night', 'warehouse']][n % 5] ?? [],
  status: (['active', 'active', 'active', 'invited', 'disabled'] as const)[n % 5] ?? 'active',
  twoFactorEnabled: n % 3 === 0,
  lastSeenAt: n % 5 === 3 ? null : ago(n * 47),
  sessions: n % 3,
  version: 1,
}));

export const apiKeys: ApiKey[] = ['天猫店铺同步', '京东店铺同步', '旧 ERP 只读', '夜间报表'].map((name, n) => ({
  id: idOf(23, n),
  name,
  prefix: `zg_live_${(4660 + n * 911).toString(36)}`,
  scopes:
    n === 0
      ? ['orders.order.create', 'orders.order.read', 'inventory.stock.read', 'catalog.product.read']
      : n === 1
        ? ['*']
        : ['orders.order.read'],
  createdAt: ago(60_000 + n * 9000),
  lastUsedAt: n === 3 ? null : ago(n * 31 + 2),
  expiresAt: n === 2 ? ago(-90_000) : null,
  revokedAt: n === 3 ? ago(900) : null,
}));

export const audit: AuditEntry[] = Array.from({ length: 900 }, (_, n) => ({
  id: idOf(24, n),
  seq: 900 - n,
  at: ago(n * 7),
  actor: { kind: n % 4 === 0 ? 'key' : 'user', name: n % 4 === 0 ? '天猫店铺同步' : '王小客服' },
  action:
    ['orders.order.create', 'compliance.personal_data.reveal', 'orders.order.cancel', 'identity.session.start'][
      n % 4
    ] ?? '',
  subject: { kind: 'order', id: idOf(10, n) },
  summary: ['创建订单', '查看收货信息，原因：联系客户', '取消订单，原因：客户不想要了', '登录'][n % 4] ?? '',
  changes: n % 4 === 2 ? { status: ['paid', 'cancelled'] } : null,
  requestId: idOf(25, n),
  hash: `${(n * 2654435761).toString(16)}c0ffee1e5dd5a6b4f3e2d1c0b9a8f7e6d5c4b3a29180`.slice(0, 64),
}));

export const imports: ImportRun[] = Array.from({ length: 9 }, (_, n) => ({
  id: idOf(26, n),
  kind: ['orders', 'products', 'stock'][n % 3] ?? 'orders',
  fileName:
    n === 1
      ? '二零二六年十一月双十一大促期间全渠道历史订单导出（含退款与取消）-最终版-v3.xlsx'
      : `orders-2026-11-${10 + n}.csv`,
  status: n === 0 ? 'running' : n === 4 ? 'failed' : 'succeeded',
  dryRun: n % 4 === 3,
  total: 12_000 + n * 977,
  done: n === 0 ? 4200 : n === 4 ? 120 : 11_800 + n * 977,
  failed: n === 5 ? 0 : 200,
  rejectsUrl: n === 5 ? null : `/api/v1/imports/${idOf(26, n)}/rejects`,
  createdAt: ago(n * 300 + 2),
  finishedAt: n === 0 ? null : ago(n * 300),
  by: '沈掌柜',
}));

export const notices: Notice[] = [
  {
    id: idOf(27, 1),
    at: ago(4),
    title: '订单确认即将超时',
    body: '3 个订单将在 5 分钟内超过确认时限',
    link: '/orders?status=paid',
    readAt: null,
  },
  {
    id: idOf(27, 2),
    at: ago(60),
    title: '导入完成',
    body: 'orders-2026-11-11.csv：12,777 行成功，200 行未导入',
    link: '/imports',
    readAt: ago(10),
  },
];

export const sessions: Session[] = [
  {
    id: idOf(28, 1),
    device: 'Chrome 141 · Windows 11',
    ip: '203.0.113.7',
    createdAt: ago(400),
    lastSeenAt: ago(0),
    current: true,
  },
  {
    id: idOf(28, 2),
    device: 'Safari · iPhone',
    ip: '2001:db8:85a3::8a2e:370:7334',
    createdAt: ago(9000),
    lastSeenAt: ago(1200),
    current: false,
  },
];

export const settings: Record<string, SettingsSection> = {
  orders: {
    section: 'orders',
    title: '订单',
    version: 3,
    values: {
      paymentTimeoutMinutes: 30,
      confirmWithinMinutes: 30,
      autoConfirmDays: 10,
      duplicateWindowMinutes: 10,
      review: { highValueAmount: 500_000, remark: true },
      notify: ['ops@demo.example'],
    },
    schema: {
      type: 'object',
      required: ['paymentTimeoutMinutes', 'autoConfirmDays'],
      properties: {
        paymentTimeoutMinutes: {
          type: 'integer',
          minimum: 1,
          maximum: 10_080,
          title: '未付款订单自动取消（分钟）',
          unit: 'min',
        },
        confirmWithinMinutes: { type: 'integer', minimum: 1, title: '付款后确认时限（分钟）', unit: 'min' },
        autoConfirmDays: { type: 'integer', minimum: 1, maximum: 90, title: '自动确认收货（天）' },
        duplicateWindowMinutes: { type: 'integer', title: '重复订单判定窗口（分钟）' },
        review: {
          type: 'object',
          title: '人工审核',
          properties: {
            highValueAmount: { type: 'integer', title: '高额订单（分）' },
            remark: { type: 'boolean', title: '有买家备注时审核' },
          },
        },
        notify: { type: 'array', items: { type: 'string' }, title: '异常通知邮箱' },
      },
    },
  },
  inventory: {
    section: 'inventory',
    title: '库存',
    version: 1,
    values: { lowStockAt: 5, reserveOn: 'order' },
    schema: {
      type: 'object',
      properties: {
        lowStockAt: { type: 'integer', title: '低库存提醒' },
        reserveOn: { type: 'string', enum: ['order', 'payment'], title: '默认减库存方式' },
      },
    },
  },
};
