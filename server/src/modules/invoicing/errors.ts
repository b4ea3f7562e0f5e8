import { defineRefusal } from '#kernel/errors.ts';

export const InvoiceNotFound = defineRefusal('invoice_not_found', 404);
export const InvoiceTitleNotFound = defineRefusal('invoice_title_not_found', 404);
export const QualificationNotFound = defineRefusal('qualification_not_found', 404);
export const TaxCodeNotFound = defineRefusal('tax_code_not_found', 404);
/** The order's money is invoiced, or asked to be, with another title. */
export const InvoiceExists = defineRefusal('invoice_exists', 409);
/** What the order was split from, or merged of, has an invoice over its money. */
export const InvoicedWithSource = defineRefusal('invoiced_with_source', 409);
export const NothingToInvoice = defineRefusal('nothing_to_invoice', 422);
export const InvoiceCurrency = defineRefusal('invoice_currency', 422);
export const InvalidTitle = defineRefusal('invalid_invoice_title', 422);
export const QualificationOpen = defineRefusal('qualification_open', 409);
/** Whoever handed the documents in cannot be the one who judges them. */
export const QualificationFourEyes = defineRefusal('qualification_four_eyes', 403);
export const InvoiceHasNoDocument = defineRefusal('invoice_has_no_document', 409);
export const InvoiceNotPaper = defineRefusal('invoice_not_paper', 409);
export const ReprintNeedsReason = defineRefusal('reprint_needs_reason', 422);
/** The order goes on in others: its invoice is taken back, and theirs are asked for. */
export const ReissueOfSuperseded = defineRefusal('reissue_of_superseded', 409);
export const InvoiceLinkInvalid = defineRefusal('invoice_link_invalid', 404);
