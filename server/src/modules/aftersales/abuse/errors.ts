import { defineRefusal } from '#kernel/errors.ts';

export const RiskNotFound = defineRefusal('risk_case_not_found', 404);
