/** What of a mail's head tells that no person wrote it. Names in lower case. */
export type Head = { get(name: string): string | undefined; from: string | undefined; returnPath: string | undefined };

const MACHINES =
  /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|mail-daemon|listserv|majordomo)(?:[+.@-]|$)/i;

/**
 * Why a mail counts as written by a machine, or undefined when nothing says so. RFC 3834, RFC 2919, and what Microsoft's servers
 * understand. Such mail is never answered by a machine: two that answer one another never end.
 */
export function whyAutomatic(head: Head): string | undefined {
  const submitted = head.get('auto-submitted')?.trim().toLowerCase();
  if (submitted && !submitted.startsWith('no')) return 'auto_submitted';
  if (head.returnPath === '') return 'null_sender';
  const precedence = head.get('precedence')?.trim().toLowerCase() ?? '';
  if (/^(?:bulk|list|junk|auto_reply)/.test(precedence)) return 'bulk';
  if (head.get('list-id') !== undefined || head.get('list-unsubscribe') !== undefined) return 'list';
  const suppressed = head.get('x-auto-response-suppress')?.toLowerCase() ?? '';
  if (/\b(?:all|oof|autoreply)\b/.test(suppressed)) return 'suppressed';
  if (head.get('x-autoreply') !== undefined || head.get('x-autorespond') !== undefined) return 'auto_submitted';
  if (head.get('x-loop') !== undefined) return 'loop';
  if (head.from === undefined || MACHINES.test(head.from)) return 'machine';
  return undefined;
}
