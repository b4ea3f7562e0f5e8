import type { Module } from '../module.ts';
import { postReveal } from './reveal.ts';
import { getAuditEvents, getAuditVerify } from './routes.ts';
import { sealEvents } from './seals.ts';
import { sealsHold } from './verify.ts';

export { complianceSettings, type Look, recordLook } from './looks.ts';
export { defineReveal, type RevealKind, REVEALS } from './reveal.ts';
export { sealEvents } from './seals.ts';
export { type AuditVerdict, type Breach, verifyAudit } from './verify.ts';

export const auditModule = {
  name: 'audit',
  routes: [postReveal, getAuditEvents, getAuditVerify],
  subscribers: [sealEvents],
  permissions: {
    'compliance.audit.read': 'Read the record of everything that happened, and verify it',
    'compliance.personal_data.reveal': 'Show personal data in full, with a reason that is recorded',
  },
  invariants: [sealsHold],
} satisfies Module;
