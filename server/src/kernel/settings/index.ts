import { z } from 'zod';
import type { Ctx } from '../context.ts';
import type { Tx } from '../db/index.ts';
import { InvalidRequest, PreconditionFailed } from '../errors.ts';
import { defineEvent } from '../outbox/index.ts';
import { problemsOf } from '../problems.ts';

export const SettingsChanged = defineEvent(
  'kernel.settings_changed.v1',
  z.object({ section: z.string(), changed: z.array(z.string()) }),
);

export type SettingsSection<S extends z.ZodObject = z.ZodObject> = {
  readonly section: string;
  readonly schema: S;
  /** The organisation's values, with the defaults for what it has not set. */
  get(tx: Tx): Promise<z.output<S>>;
  /** As `get`, with the version for If-Match (0 = nothing set yet). */
  view(tx: Tx): Promise<{ values: z.output<S>; version: number }>;
  /** Sets the named values. @throws InvalidRequest with every bad value, PreconditionFailed when ctx.ifMatch is stale. */
  put(tx: Tx, ctx: Ctx, patch: unknown): Promise<{ values: z.output<S>; version: number }>;
};

const watchers = new Set<(orgId: string, section: string) => void>();

/** Has `changed` called in this process after settings were changed in it; other processes see them when they read again. */
export function onSettingsChanged(changed: (orgId: string, section: string) => void): void {
  watchers.add(changed);
}

export const SETTINGS = new Map<string, SettingsSection>();

/** Declares a section of settings: a zod object whose every field has a default, so an empty row is a full answer. */
export function defineSettings<S extends z.ZodObject>(section: string, schema: S): SettingsSection<S> {
  if (SETTINGS.has(section)) throw new Error(`settings ${section} are declared twice`);
  schema.parse({}); // a field without a default is found at start, not on some organisation's first use
  const view = async (tx: Tx): Promise<{ values: z.output<S>; version: number }> => {
    const [row] = await tx.prepared<{ value: unknown; version: number }>(
      'select value, version from kernel.settings where org_id = $1 and section = $2',
      [tx.orgId, section],
    );
    return { values: schema.parse(row?.value ?? {}), version: row?.version ?? 0 };
  };
  const made: SettingsSection<S> = {
    section,
    schema,
    view,
    get: async (tx) => (await view(tx)).values,
    put: async (tx, ctx, patch) => {
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`settings/${ctx.orgId}/${section}`]);
      const before = await view(tx);
      if (ctx.ifMatch !== undefined && ctx.ifMatch !== before.version)
        throw new PreconditionFailed({ version: before.version });
      const merged = schema.strict().safeParse({ ...before.values, ...(patch as object) });
      if (!merged.success) throw new InvalidRequest({}, problemsOf(merged.error));
      const changed = Object.keys(merged.data).filter(
        (k) => JSON.stringify(merged.data[k]) !== JSON.stringify(before.values[k as keyof typeof before.values]),
      );
      if (changed.length === 0) return before;
      const version = before.version + 1;
      await tx.query(
        `insert into kernel.settings (org_id, section, value, version, updated_at, updated_by) values ($1, $2, $3, $4, $5, $6)
         on conflict (org_id, section) do update set value = excluded.value, version = excluded.version,
           updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
        [ctx.orgId, section, JSON.stringify(merged.data), version, ctx.now, ctx.actor.id],
      );
      await SettingsChanged.emit(tx, ctx, section, { section, changed });
      tx.afterCommit(() => {
        for (const watch of watchers) watch(ctx.orgId, section);
      });
      return { values: merged.data as z.output<S>, version };
    },
  };
  SETTINGS.set(section, made as unknown as SettingsSection);
  return made;
}
