/** Every permission of every module, with what it allows. Set once by the composition root. */
const catalogue = new Map<string, string>();

/** Tells identity what can be granted: the union of all modules' permissions. */
export function setCatalogue(permissions: Readonly<Record<string, string>>): void {
  catalogue.clear();
  for (const [permission, says] of Object.entries(permissions)) catalogue.set(permission, says);
}

export const listCatalogue = (): { permission: string; description: string }[] =>
  [...catalogue].map(([permission, description]) => ({ permission, description }));

/** Whether a pattern covers a permission: `*` stands for one part, at the end for all the rest. */
export function covers(pattern: string, permission: string): boolean {
  const want = pattern.split('.');
  const have = permission.split('.');
  for (const [i, part] of want.entries()) {
    if (part === '*' && i === want.length - 1) return have.length > i;
    if (have[i] === undefined || (part !== '*' && part !== have[i])) return false;
  }
  return want.length === have.length;
}

/** The permissions that patterns stand for today: what `ctx.actor.can` holds. */
export function expand(patterns: readonly string[]): Set<string> {
  const all = [...catalogue.keys()];
  return new Set(
    patterns.flatMap((pattern) => all.filter((permission) => covers(pattern === 'all' ? '*' : pattern, permission))),
  );
}

/** Whether the pattern stands for anything at all; `all` and `*` always do. */
export const isKnownPattern = (pattern: string): boolean =>
  pattern === 'all' || pattern === '*' || expand([pattern]).size > 0;

export const identityPermissions = {
  'identity.user.read': 'See the people who may sign in',
  'identity.user.write': 'Add people, change their roles and scopes, reset passwords, unlock',
  'identity.role.read': 'See roles and what they allow',
  'identity.role.write': 'Make and change roles',
  'identity.api_key.read': 'See API keys (never their text)',
  'identity.api_key.write': 'Create and revoke API keys',
  'settings.read': 'See settings',
  'settings.write': 'Change settings',
} as const;
