import type { Answer, Schemas } from '../../../api/paths.ts';

export type Compensation = Schemas['Compensation'];
export type Options = Answer<'/orders/{orderId}/compensation-options', 'get'>;
export const KINDS = ['points', 'coupon', 'cash', 'reship'] as const;
export const SEVERITIES = ['minor', 'normal', 'major'] as const;
export const STATES = ['requested', 'granted', 'done', 'rejected', 'revoked'] as const;
