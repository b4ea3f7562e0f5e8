import { defineRefusal } from '#kernel/errors.ts';

export const TicketNotFound = defineRefusal('ticket_not_found', 404);
export const MessageNotFound = defineRefusal('ticket_message_not_found', 404);
export const CategoryUnknown = defineRefusal('ticket_category_unknown', 422);
export const CategoryTaken = defineRefusal('ticket_category_taken', 409);
export const TeamNotFound = defineRefusal('support_team_not_found', 404);
export const TeamTaken = defineRefusal('support_team_taken', 409);
/** Nobody of the organisation who answers tickets. */
export const AssigneeUnknown = defineRefusal('ticket_assignee_unknown', 422);
/** The order is another customer's. */
export const OrderOfAnother = defineRefusal('ticket_order_of_another', 422);
export const TicketCustomerUnknown = defineRefusal('ticket_customer_unknown', 422);
export const TicketIsMerged = defineRefusal('ticket_is_merged', 409);
export const MergeImpossible = defineRefusal('ticket_merge_impossible', 409);
/** It was closed too long ago: what comes now is a new ticket. */
export const ReopenTooLate = defineRefusal('ticket_reopen_too_late', 409);
export const NothingToSplit = defineRefusal('ticket_nothing_to_split', 422);
export const ViewNotFound = defineRefusal('ticket_view_not_found', 404);
export const EvidenceUnknown = defineRefusal('ticket_evidence_unknown', 422);
/** A major complaint is settled by the customer's signature. */
export const AgreementMissing = defineRefusal('ticket_agreement_missing', 409);
export const TicketLinkUnknown = defineRefusal('ticket_link_unknown', 422);
export const AgentNotFound = defineRefusal('support_agent_not_found', 404);
