/** The tax bureau's clock: invoices are dated by it wherever the shop is. */
export const INVOICE_ZONE = 'Asia/Shanghai';
