import { z } from 'zod';
import { listInput, listOf } from '#kernel/http/list.ts';
import { MoneyView } from '#modules/catalog/index.ts';
import { ORDER_STATUSES } from '../domain/flow.ts';

const text = (max: number) => z.string().trim().max(max);
const phone = text(40).min(4);
/** Which organisation, by its code; may be left out where there is only one. */
const org = text(40).min(1).optional();

export const SignInByOrder = z.object({ orderNo: text(40).min(4), phone });
export const AskForCode = z.object({ org, phone: text(40).min(5) });
export const SignInByCode = AskForCode.extend({ code: z.string().regex(/^\d{6}$/) });
export const SignInByShop = z.object({ token: z.string().min(1).max(2_000) });

export const PortalPass = z.object({ token: z.string(), expiresAt: z.iso.datetime() }).meta({ id: 'PortalPass' });
export const PortalOrderPass = PortalPass.extend({ orderId: z.uuid() }).meta({ id: 'PortalOrderPass' });

export const WelcomeView = z
  .object({
    org: z.object({ code: z.string(), name: z.string() }).nullable(),
    /** Whether a code can be sent to a telephone. */
    phoneSignIn: z.boolean(),
  })
  .meta({ id: 'PortalWelcome' });

export const PortalSessionView = z
  .object({
    way: z.enum(['order', 'phone', 'shop']),
    org: z.object({ code: z.string(), name: z.string() }),
    /** The one order the session opens; null when it opens all of the customer's. */
    orderId: z.uuid().nullable(),
    name: z.string(),
    phone: z.string(),
  })
  .meta({ id: 'PortalSession' });

export const MY_ORDERS = ['all', 'to_pay', 'to_ship', 'to_receive', 'after_sales'] as const;
export const ListMyOrders = z.object({
  ...listInput,
  limit: listInput.limit.default(20),
  show: z.enum(MY_ORDERS).default('all'),
});
export type ListMyOrders = z.output<typeof ListMyOrders>;

export const MyOrder = z
  .object({
    id: z.uuid(),
    orderNo: z.string(),
    shop: z.string(),
    status: z.enum(ORDER_STATUSES),
    placedAt: z.iso.datetime(),
    total: MoneyView,
    /** What can be paid now; 0 when nothing can. */
    due: MoneyView,
    unitCount: z.int(),
    /** The first few of its lines. */
    lines: z.array(z.object({ title: z.string(), quantity: z.int() })),
    moreLines: z.int(),
    /** Cases of after-sales that are not settled. */
    openCases: z.int(),
  })
  .meta({ id: 'MyOrder' });
export const MyOrders = listOf(MyOrder);

export const PortalKeyView = z
  .object({
    id: z.uuid(),
    shop: z.string(),
    hint: z.string(),
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
    usedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'PortalKey' });
export const MakePortalKey = z.object({ shop: text(60).min(1) });
export const PortalKeyMade = PortalKeyView.extend({ secret: z.string() }).meta({ id: 'PortalKeyMade' });
