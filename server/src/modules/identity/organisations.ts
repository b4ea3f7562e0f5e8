import { systemCtx } from '#kernel/context.ts';
import { type Db, maybeOne, sqlState } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { addApiKey } from './commands/api-keys.ts';
import { addUser, hashOf, resetPassword } from './commands/users.ts';
import { OrgCreated } from './events.ts';
import { OrgNotFound, OrgTaken, UserNotFound } from './refusals.ts';
import { findMembershipByEmail } from './store/members.ts';
import { NewApiKey, NewUser } from './schema.ts';

const UNIQUE_VIOLATION = '23505';

/** Makes an organisation. For the command line and the demo: there is no route. @throws OrgTaken */
export async function createOrg(
  db: Db,
  input: { code: string; name: string; demo?: boolean },
  now: Date = new Date(),
): Promise<{ id: string }> {
  const id = newId();
  try {
    await db.systemTx(async (tx) => {
      const values = [id, input.code, input.name, input.demo ?? false, now];
      await tx.query('insert into kernel.orgs (id, code, name, demo, created_at) values ($1, $2, $3, $4, $5)', values);
      await OrgCreated.emit(tx, systemCtx(id, now), id, { code: input.code, demo: input.demo ?? false });
    });
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION) throw new OrgTaken({ code: input.code });
    throw error;
  }
  return { id };
}

/** The id of the organisation with this code. */
export async function findOrg(db: Db, code: string): Promise<{ id: string } | undefined> {
  return db.systemTx(async (tx) =>
    maybeOne(await tx.query<{ id: string }>('select id from kernel.orgs where code = $1', [code])),
  );
}

async function orgId(db: Db, code: string): Promise<string> {
  const org = await findOrg(db, code);
  if (!org) throw new OrgNotFound({ code });
  return org.id;
}

export type OrgUser = {
  org: string;
  email: string;
  name: string;
  password: string;
  roles: string[];
  shops?: string[];
  warehouses?: string[];
};

/** Adds a person on the system's behalf: the first administrator, the demo's people. */
export async function createUser(db: Db, input: OrgUser, now: Date = new Date()): Promise<{ id: string }> {
  const { org, ...rest } = input;
  const { password, ...user } = NewUser.parse(rest);
  const ctx = systemCtx(await orgId(db, org), now);
  const passwordHash = await hashOf(password);
  return { id: await db.inTx(ctx, (tx) => addUser(tx, ctx, { ...user, passwordHash })) };
}

/** Gives a person a new password on the system's behalf and signs them out everywhere. @throws UserNotFound */
export async function setPassword(
  db: Db,
  input: { email: string; password: string },
  now: Date = new Date(),
): Promise<void> {
  const member = await findMembershipByEmail(db, input.email.trim().toLowerCase());
  if (!member) throw new UserNotFound({ email: input.email });
  const passwordHash = await hashOf(input.password);
  const ctx = systemCtx(member.org_id, now);
  await db.inTx(ctx, (tx) => resetPassword(tx, ctx, member.user_id, passwordHash));
}

/** Makes an API key on the system's behalf and returns its text, which is kept nowhere. */
export async function createApiKey(
  db: Db,
  input: { org: string; name: string; scopes: string[] },
  now: Date = new Date(),
): Promise<string> {
  const { org, ...rest } = input;
  const ctx = systemCtx(await orgId(db, org), now);
  const { key } = await db.inTx(ctx, (tx) => addApiKey(tx, ctx, NewApiKey.parse(rest)));
  return key;
}
