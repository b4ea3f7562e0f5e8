import { fieldCrypto, maskAddress, maskEmail, maskName, maskPhone, normaliseName } from '#kernel/crypto/index.ts';
import type { Buyer, Title } from './domain/title.ts';

const PURPOSE = 'invoicing.buyer';
const NAME_IDX = 'invoicing.name';
const TAX_ID_IDX = 'invoicing.tax_id';

/** The organisation's keys must be loaded: in a route or job, before the transaction's first seal. */
export const sealBuyer = (orgId: string, buyer: Buyer): Buffer =>
  fieldCrypto.seal(orgId, JSON.stringify(buyer), PURPOSE);
export const openBuyer = (orgId: string, sealed: Buffer): Buyer =>
  JSON.parse(fieldCrypto.open(orgId, sealed, PURPOSE)) as Buyer;

export const nameIdx = (orgId: string, name: string): Buffer =>
  fieldCrypto.blindIndex(orgId, NAME_IDX, normaliseName(name));
export const taxIdIdx = (orgId: string, taxId: string): Buffer => fieldCrypto.blindIndex(orgId, TAX_ID_IDX, taxId);

/** What a title is found again by. */
export const titleIdx = (orgId: string, title: Title): { name_idx: Buffer; tax_id_idx: Buffer | null } => ({
  name_idx: nameIdx(orgId, title.name),
  tax_id_idx: title.kind === 'company' && title.taxId ? taxIdIdx(orgId, title.taxId) : null,
});

/** A company is no person: its title is shown. A person's is masked, and so is where anybody is written to. */
export function maskBuyer(buyer: Buyer): Buyer {
  const { mail, email, ...title } = buyer;
  const shown = title.kind === 'company' ? title : { kind: title.kind, name: maskName(title.name) };
  return {
    ...shown,
    ...(email ? { email: maskEmail(email) } : {}),
    ...(mail
      ? { mail: { name: maskName(mail.name), phone: maskPhone(mail.phone), address: maskAddress(mail.address) } }
      : {}),
  };
}
