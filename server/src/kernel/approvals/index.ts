import type { Module } from '../module.ts';
import { expiry } from './engine.ts';
import { getApprovals, postApprove, postReject, postWithdraw } from './routes.ts';

export {
  type Approval,
  APPROVALS,
  type ApprovalRequest,
  type ApprovalSpec,
  approve,
  defineApproval,
  FourEyes,
  reject,
  withdraw,
} from './engine.ts';
export { ApprovalApproved, ApprovalExpired, ApprovalRejected, ApprovalRequested, ApprovalWithdrawn } from './events.ts';

export const approvalsModule = {
  name: 'approvals',
  routes: [getApprovals, postApprove, postReject, postWithdraw],
  deadlines: [expiry],
  permissions: { 'approvals.request.read': 'See every request for approval' },
} satisfies Module;
