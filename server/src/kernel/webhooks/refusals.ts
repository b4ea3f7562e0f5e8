import { defineRefusal } from '../errors.ts';

export const WebhookNotFound = defineRefusal('webhook_not_found', 404);
export const WebhookDeliveryNotFound = defineRefusal('webhook_delivery_not_found', 404);
export const WebhookUrlRefused = defineRefusal('webhook_url_refused', 422);
export const WebhookLimitReached = defineRefusal('webhook_limit_reached', 422);
export const WebhookIsDisabled = defineRefusal('webhook_disabled', 409);
/** What a webhook tells is not cut down to a scope of shops or warehouses. */
export const WebhookNeedsFullScope = defineRefusal('webhook_needs_full_scope', 403);
