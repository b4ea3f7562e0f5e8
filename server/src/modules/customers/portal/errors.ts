import { defineRefusal } from '#kernel/errors.ts';

/** 422: one answer for a wrong code, one that ran out or was used up, and a number nobody knows. */
export const CodeRefused = defineRefusal('portal_code_refused', 422);
/** 422: `reason` is told only to who has the secret: expired | too_long | used; else invalid. */
export const ShopTokenRefused = defineRefusal('portal_token_refused', 422);
export const PhoneSignInOff = defineRefusal('portal_phone_sign_in_off', 422);
export const PortalKeyNotFound = defineRefusal('portal_key_not_found', 404);
/** 409: a shop has two secrets at most, the one in use and the one that follows it. */
export const PortalKeysFull = defineRefusal('portal_keys_full', 409);
