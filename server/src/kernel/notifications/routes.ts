import { z } from 'zod';
import type { Ctx } from '../context.ts';
import { defineRefusal, Forbidden, InvalidCursor } from '../errors.ts';
import { decodeCursor, listInput, listOf, pageOf } from '../http/list.ts';
import { defineRoute } from '../http/route.ts';
import { t } from '../i18n/index.ts';
import { isUuid } from '../ids.ts';
import type { Module } from '../module.ts';
import { sendEmail } from './send-email.ts';
import { sendSms } from './sms/send-sms.ts';
import { SMS_PERMISSION, smsRoutes } from './sms/routes.ts';
import { countUnread, type InAppRow, listInApp, markRead, type Recipient } from './store.ts';

export const NotificationNotFound = defineRefusal('notification_not_found', 404);

const UNREAD_MAX = 100; // the bell shows 99+
const ORDER = 'newest';

export const NotificationView = z
  .object({
    id: z.uuid(),
    template: z.string(),
    title: z.string(),
    body: z.string(),
    data: z.record(z.string(), z.unknown()),
    createdAt: z.iso.datetime(),
    readAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Notification' });

const presentNotification = (ctx: Ctx, row: InAppRow): z.input<typeof NotificationView> => ({
  id: row.id,
  template: row.template,
  title: t(ctx.locale, `notify.${row.template}.subject`, row.data),
  body: t(ctx.locale, `notify.${row.template}.body`, row.data),
  data: row.data,
  createdAt: row.created_at.toISOString(),
  readAt: row.read_at?.toISOString() ?? null,
});

/** Notifications are for people; an API key has none. */
function me(ctx: Ctx): Recipient {
  const { kind, id, partial } = ctx.actor;
  if (partial || (kind !== 'user' && kind !== 'customer')) throw new Forbidden({ permission: 'session' });
  return { kind, id };
}

function idIn(cursor: string): string {
  const [id] = decodeCursor(ORDER, cursor, 1);
  if (typeof id !== 'string' || !isUuid(id)) throw new InvalidCursor();
  return id;
}

export const listNotifications = defineRoute({
  method: 'GET',
  path: '/notifications',
  permission: 'session',
  tags: ['notifications'],
  summary: 'My notifications, newest first',
  input: z.object({ limit: listInput.limit, cursor: listInput.cursor, unread: z.stringbool().optional() }),
  output: listOf(NotificationView),
  run: async (tx, ctx, { limit, cursor, unread }) => {
    const before = cursor === undefined ? undefined : idIn(cursor);
    const rows = await listInApp(tx, me(ctx), { limit: limit + 1, before, unreadOnly: unread ?? false });
    return pageOf(
      rows,
      limit,
      ORDER,
      (row) => [row.id],
      (row) => presentNotification(ctx, row),
    );
  },
});

export const countNotifications = defineRoute({
  method: 'GET',
  path: '/notifications/unread',
  permission: 'session',
  tags: ['notifications'],
  summary: 'How many notifications I have not read; 100 means 100 or more',
  input: z.object({}),
  output: z.object({ count: z.int().max(UNREAD_MAX) }),
  run: async (tx, ctx) => ({ count: await countUnread(tx, me(ctx), UNREAD_MAX) }),
});

export const readNotification = defineRoute({
  method: 'POST',
  path: '/notifications/{notificationId}/read',
  permission: 'session',
  tags: ['notifications'],
  summary: 'Mark one of my notifications as read',
  input: z.object({ notificationId: z.uuid() }),
  output: z.object({ unread: z.int() }),
  run: async (tx, ctx, { notificationId }) => {
    const found = await markRead(tx, me(ctx), notificationId, ctx.now);
    if (found === 0) throw new NotificationNotFound({ notificationId });
    return { unread: await countUnread(tx, me(ctx), UNREAD_MAX) };
  },
});

export const readAllNotifications = defineRoute({
  method: 'POST',
  path: '/notifications/read',
  permission: 'session',
  tags: ['notifications'],
  summary: 'Mark all my notifications as read',
  input: z.object({}),
  output: z.object({ read: z.int() }),
  run: async (tx, ctx) => ({ read: await markRead(tx, me(ctx), null, ctx.now) }),
});

/** Listed by the composition root. */
export const notificationsModule = {
  name: 'notifications',
  routes: [listNotifications, countNotifications, readNotification, readAllNotifications, ...smsRoutes],
  jobs: [sendEmail, sendSms],
  permissions: { [SMS_PERMISSION]: 'Set up who sends SMS, and read what the sandbox was given' },
} satisfies Module;
