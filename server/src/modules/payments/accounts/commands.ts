import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { type FieldProblem, InvalidRequest, PreconditionFailed } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { problemsOf } from '#kernel/problems.ts';
import { ChannelAccountExists, NothingToPromote } from '../errors.ts';
import { faultsOf, type Secrets } from './domain/check.ts';
import { KINDS } from './domain/config.ts';
import { ChannelAccountChanged, ChannelAccountCreated } from './events.ts';
import { locatorsOf } from './locators.ts';
import { openSecrets, sealSecret } from './open-account.ts';
import { missingOf, presentAccount } from './present.ts';
import { expectCertificates } from './refresh-certificates.ts';
import type { AccountInput, AccountView } from './schema.ts';
import { accountOf, type AccountRow, getAccount, insertAccount, saveAccount } from './store.ts';

const shown = (row: AccountRow): Record<string, unknown> => ({
  name: row.name,
  enabled: row.enabled,
  shops: row.shops,
  ...Object.fromEntries(Object.entries(row.config).map(([k, v]) => [`config.${k}`, v])),
  ...Object.fromEntries(Object.entries(row.secrets).map(([k, v]) => [`secrets.${k}`, v.sealed])),
  limits: [row.amount_min, row.amount_max, row.day_max],
  fee: [row.fee_rate, row.fee_fixed, row.fee_floor, row.fee_cap],
});

function changedFields(before: AccountRow, after: AccountRow): string[] {
  const [a, b] = [shown(before), shown(after)];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (k) => JSON.stringify(a[k]) !== JSON.stringify(b[k]),
  );
}

/** The account with what was typed in it. @throws InvalidRequest with every field that cannot be right. */
function applied(ctx: Ctx, row: AccountRow, input: AccountInput): AccountRow {
  const kind = KINDS[row.channel];
  const problems: FieldProblem[] = [];
  const isDraft = !input.enabled && Object.keys(input.config).length === 0;
  const parsed = kind?.config.strict().safeParse(input.config);
  if (parsed && !parsed.success && !isDraft)
    problems.push(...problemsOf(parsed.error).map((p) => ({ ...p, path: `config.${p.path}` })));
  const clear = new Map<string, string>(openSecrets(ctx.orgId, row));
  const secrets = { ...row.secrets };
  for (const [name, text] of Object.entries(input.secrets)) {
    if (!kind?.secrets.includes(name)) problems.push({ path: `secrets.${name}`, code: 'unrecognized_key' });
    else if (text === null) {
      delete secrets[name];
      clear.delete(name);
    } else {
      secrets[name] = { sealed: sealSecret(ctx.orgId, row.id, name, text.trim()), at: ctx.now.toISOString() };
      clear.set(name, text.trim());
    }
  }
  const config = parsed?.success && !isDraft ? parsed.data : {};
  if (parsed?.success && !isDraft) problems.push(...faultsOf(row.channel, config, clear));
  const { limits, fee } = input;
  if (limits.minFen !== null && limits.maxFen !== null && limits.maxFen < limits.minFen)
    problems.push({ path: 'limits.maxFen', code: 'too_small', facts: { minimum: limits.minFen } });
  if (fee && fee.capFen !== null && fee.capFen < fee.floorFen)
    problems.push({ path: 'fee.capFen', code: 'too_small', facts: { minimum: fee.floorFen } });
  const next: AccountRow = {
    ...row,
    name: input.name,
    enabled: input.enabled,
    shops: input.shops,
    config,
    secrets,
    amount_min: limits.minFen,
    amount_max: limits.maxFen,
    day_max: limits.dayFen,
    fee_rate: fee?.rateMillionths ?? null,
    fee_fixed: fee?.fixedFen ?? 0,
    fee_floor: fee?.floorFen ?? 0,
    fee_cap: fee?.capFen ?? null,
  };
  if (input.enabled && problems.length === 0)
    problems.push(...missingOf(next).map((path) => ({ path, code: 'required' })));
  if (problems.length > 0) throw new InvalidRequest({}, problems);
  return next;
}

const EMPTY: Omit<AccountRow, 'id' | 'channel' | 'created_at' | 'updated_at'> = {
  name: '',
  enabled: false,
  shops: null,
  config: {},
  secrets: {},
  peer_keys: [],
  amount_min: null,
  amount_max: null,
  day_max: null,
  fee_rate: null,
  fee_fixed: 0,
  fee_floor: 0,
  fee_cap: null,
  version: 1,
};

/** Adds an account at a channel; an organisation has one at each. @throws ChannelAccountExists, InvalidRequest */
export async function createAccount(tx: Tx, ctx: Ctx, input: AccountInput & { channel: string }): Promise<AccountView> {
  await fieldCrypto.load(ctx.orgId);
  if (await accountOf(tx, input.channel)) throw new ChannelAccountExists({ channel: input.channel });
  const blank = { ...EMPTY, id: newId(), channel: input.channel, created_at: ctx.now, updated_at: ctx.now };
  const row = applied(ctx, blank, input);
  await insertAccount(tx, ctx, row, locatorsOf(row));
  await ChannelAccountCreated.emit(tx, ctx, row.id, { accountId: row.id, channel: row.channel });
  await expectCertificates(tx, ctx, row);
  return presentAccount(ctx, row);
}

/** Changes an account. What is not secret is replaced; a secret that is not named stays. @throws InvalidRequest, PreconditionFailed */
export async function changeAccount(
  tx: Tx,
  ctx: Ctx,
  input: AccountInput & { accountId: string },
): Promise<AccountView> {
  await fieldCrypto.load(ctx.orgId);
  const before = await getAccount(tx, input.accountId, true);
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== before.version)
    throw new PreconditionFailed({ version: before.version });
  return store(tx, ctx, before, applied(ctx, before, input));
}

async function store(tx: Tx, ctx: Ctx, before: AccountRow, next: AccountRow): Promise<AccountView> {
  const changed = changedFields(before, next);
  if (changed.length === 0) return presentAccount(ctx, before);
  const row = await saveAccount(tx, ctx, next, locatorsOf(next));
  await ChannelAccountChanged.emit(tx, ctx, row.id, { accountId: row.id, channel: row.channel, changed });
  await expectCertificates(tx, ctx, row);
  return presentAccount(ctx, row);
}

/**
 * Puts the next key pair in the place of the current one: requests are signed with it from the next call on. The channel
 * takes both for as long as the old one is valid there. @throws NothingToPromote
 */
export async function promoteKeys(tx: Tx, ctx: Ctx, input: { accountId: string }): Promise<AccountView> {
  await fieldCrypto.load(ctx.orgId);
  const before = await getAccount(tx, input.accountId, true);
  const clear: Secrets = openSecrets(ctx.orgId, before);
  const key = clear.get('nextPrivateKey');
  if (key === undefined) throw new NothingToPromote({ channel: before.channel });
  const { nextPrivateKey: _used, ...kept } = before.secrets;
  const secrets = {
    ...kept,
    privateKey: { sealed: sealSecret(ctx.orgId, before.id, 'privateKey', key), at: ctx.now.toISOString() },
  };
  const config =
    before.config['nextCertificate'] !== undefined
      ? { ...before.config, certificate: before.config['nextCertificate'], nextCertificate: '' }
      : before.config;
  return store(tx, ctx, before, { ...before, config, secrets });
}
