import { FieldCrypto, type FieldCryptoOptions } from './field-crypto.ts';

export { FieldCrypto, KeysNotLoaded, SealBroken } from './field-crypto.ts';
export type { FieldCryptoOptions } from './field-crypto.ts';
export { deriveKey, deriveSecret, MasterSecretMismatch } from './master-key.ts';
export { rewrap } from './rewrap.ts';
export { normaliseEmail, normaliseName, normalisePhone } from './normalise.ts';
export { maskAddress, maskEmail, maskName, maskPhone } from './mask.ts';

/** A separate instance: for tools that work on two databases, and tests. */
export const createFieldCrypto = (options: FieldCryptoOptions): FieldCrypto => new FieldCrypto(options);

let current: FieldCrypto | undefined;

/** Called once by the composition root, before anything is sealed or opened. */
export function useFieldCrypto(options: FieldCryptoOptions): FieldCrypto {
  current = new FieldCrypto(options);
  return current;
}

function inUse(): FieldCrypto {
  if (!current) throw new Error('useFieldCrypto has not been called');
  return current;
}

type Surface = Pick<
  FieldCrypto,
  'load' | 'seal' | 'open' | 'blindIndex' | 'sealSecret' | 'openSecret' | 'keyNoOf' | 'rotate'
>;

/** The process's field encryption. Commands use it like a clock: it has no state of theirs. */
export const fieldCrypto: Surface = {
  load: (orgId) => inUse().load(orgId),
  seal: (orgId, text, purpose) => inUse().seal(orgId, text, purpose),
  open: (orgId, sealed, purpose) => inUse().open(orgId, sealed, purpose),
  blindIndex: (orgId, purpose, normalised) => inUse().blindIndex(orgId, purpose, normalised),
  sealSecret: (orgId, name, text) => inUse().sealSecret(orgId, name, text),
  openSecret: (orgId, name, sealed) => inUse().openSecret(orgId, name, sealed),
  keyNoOf: (sealed) => inUse().keyNoOf(sealed),
  rotate: (orgId, activateAfterMs) => inUse().rotate(orgId, activateAfterMs),
};
