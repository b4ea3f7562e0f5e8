import { useActorNames, usePermissionHolders } from '#kernel/actors.ts';
import { approvalsModule } from '#kernel/approvals/index.ts';
import { auditModule } from '#kernel/audit/index.ts';
import { filesModule } from '#kernel/files/routes.ts';
import type { Module } from '#kernel/module.ts';
import { useCustomerMessages } from '#kernel/notifications/index.ts';
import { notificationsModule } from '#kernel/notifications/routes.ts';
import { transfersModule } from '#kernel/transfers/index.ts';
import { webhooksModule } from '#kernel/webhooks/index.ts';
import {
  aftersalesModule,
  agreedPolicies,
  isRepairFee,
  openCases,
  ordersInCases,
  repairFeeSubject,
} from '#modules/aftersales/index.ts';
import { catalogModule, findShop } from '#modules/catalog/index.ts';
import { customersModule, usePortalCodes } from '#modules/customers/index.ts';
import {
  cancelForOrder,
  fulfilmentModule,
  isPicking,
  parcelCameBack,
  parcelDelivered,
} from '#modules/fulfilment/index.ts';
import { actorNames, identityModule, permissionHolders } from '#modules/identity/index.ts';
import { inventoryModule, setInventoryPorts, setPlanningPorts } from '#modules/inventory/index.ts';
import { invoicingModule, useInvoicing } from '#modules/invoicing/index.ts';
import {
  findArchived,
  findOrder,
  hasOrdersTo,
  lockOrder,
  lockOrRestore,
  orderPaymentSubject,
  ordersModule,
  officialRegion,
  promotionPorts,
  seesOrder,
  setCasePorts,
  setOrderPorts,
  useCustomerLinks,
  waitingUnits,
} from '#modules/orders/index.ts';
import { paymentsModule, usePayments } from '#modules/payments/index.ts';
import { promotionsModule, setPromotionPorts } from '#modules/promotions/index.ts';
import { shippingModule, useShipping } from '#modules/shipping/index.ts';
import { supportModule, useSupportLinks } from '#modules/support/index.ts';
import type { Config } from './config.ts';
import { subjectsOf } from './payment-subjects.ts';

/** Every module of the product, lowest first. Subscribers run in this order. */
export const MODULES: readonly Module[] = [
  identityModule,
  filesModule,
  notificationsModule,
  approvalsModule,
  transfersModule,
  catalogModule,
  customersModule,
  paymentsModule,
  shippingModule,
  promotionsModule,
  inventoryModule,
  ordersModule,
  fulfilmentModule,
  invoicingModule,
  aftersalesModule,
  supportModule,
  auditModule,
  webhooksModule,
];

/** Everything modules contribute, in one list each. */
export const allRoutes = MODULES.flatMap((m) => m.routes ?? []);
export const allSubscribers = MODULES.flatMap((m) => m.subscribers ?? []);
export const allJobs = MODULES.flatMap((m) => m.jobs ?? []);
export const allDeadlines = MODULES.flatMap((m) => m.deadlines ?? []);
export const allInvariants = MODULES.flatMap((m) => m.invariants ?? []);
export const allPermissions: Readonly<Record<string, string>> = Object.assign(
  {},
  ...MODULES.map((m) => m.permissions ?? {}),
);

/** Connects lower modules to the higher ones they must not know. Once per process, before the first request. */
export function connectModules(options: {
  secret: string;
  baseUrl: () => string;
  channelUrls: Config['channelUrls'];
}): void {
  const visible: NonNullable<typeof orderPaymentSubject.visible> = async (tx, ctx, orderId) => {
    const row = (await findOrder(tx, orderId)) ?? (await findArchived(tx, orderId));
    return row !== undefined && seesOrder(ctx, 'order_id' in row ? { ...row, id: row.order_id } : row);
  };
  usePortalCodes({ secret: options.secret, ordersKnow: hasOrdersTo });
  useCustomerLinks({ secret: options.secret, baseUrl: options.baseUrl });
  useSupportLinks({ secret: options.secret, baseUrl: options.baseUrl });
  useInvoicing({ secret: options.secret, baseUrl: options.baseUrl });
  useActorNames(actorNames);
  usePermissionHolders(permissionHolders);
  setPlanningPorts({ waitingUnits });
  setPromotionPorts(promotionPorts);
  setInventoryPorts({ officialRegion });
  setCasePorts({ openCases, ordersInCases });
  setOrderPorts({ stopFulfilment: cancelForOrder, isPicking, agreedPolicies });
  useCustomerMessages(MODULES.flatMap((m) => m.customerMessages ?? []));
  usePayments({
    subject: subjectsOf({ owns: isRepairFee, subject: repairFeeSubject }, { ...orderPaymentSubject, visible }),
    shopOf: (tx, id) => findShop(tx, { id }),
    baseUrl: options.baseUrl,
    channelUrls: options.channelUrls,
  });
  useShipping({
    owner: {
      lock: async (tx, ctx, orderId) => {
        await lockOrRestore(tx, ctx, orderId); // carriers report what they like, whenever they like
        return lockOrder(tx, orderId);
      },
      delivered: parcelDelivered,
      cameBack: parcelCameBack,
      visible,
    },
    baseUrl: options.baseUrl,
  });
}
