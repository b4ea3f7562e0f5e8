export const ADDRESS_PURPOSE = 'notification_address';

/** What is sealed of a message: the address, and what only the message itself may say. No address begins with a brace. */
export const sealedText = (address: string, secret: Readonly<Record<string, string>> | undefined): string =>
  secret === undefined ? address : JSON.stringify({ email: address, secret });

/** The other way round; rows of releases before keep the address under `email`, and so do all. */
export function unsealed(text: string): { address: string; secret: Record<string, string> } {
  if (!text.startsWith('{')) return { address: text, secret: {} };
  const { email, secret } = JSON.parse(text) as { email: string; secret: Record<string, string> };
  return { address: email, secret };
}

/** The attempt did not come through; the queue tries again later. Its message is a code, safe to log. */
export class NotSentYet extends Error {}
