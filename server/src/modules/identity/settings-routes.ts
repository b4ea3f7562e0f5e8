import { z } from 'zod';
import { defineRoute } from '#kernel/http/route.ts';
import { SETTINGS, type SettingsSection } from '#kernel/settings/index.ts';
import { forgetCredentials } from './credential-cache.ts';
import { SettingsUnknown } from './refusals.ts';
import { SettingsView } from './schema.ts';

const section = z.string().max(60);

function sectionOf(name: string): SettingsSection {
  const found = SETTINGS.get(name);
  if (!found) throw new SettingsUnknown({ section: name });
  return found;
}

const schemaOf = (found: SettingsSection): Record<string, unknown> =>
  z.toJSONSchema(found.schema, { io: 'input', unrepresentable: 'any' });

export const getSettingsSections = defineRoute({
  method: 'GET',
  path: '/settings',
  permission: 'settings.read',
  tags: ['settings'],
  summary: 'The sections of settings',
  input: z.object({}),
  output: z.object({ items: z.array(z.object({ section: z.string() })), nextCursor: z.null() }),
  run: async () => ({ items: [...SETTINGS.keys()].toSorted().map((name) => ({ section: name })), nextCursor: null }),
});

export const getSettings = defineRoute({
  method: 'GET',
  path: '/settings/{section}',
  permission: 'settings.read',
  tags: ['settings'],
  summary: 'A section of settings with its JSON schema',
  input: z.object({ section }),
  output: SettingsView,
  run: async (tx, _ctx, input) => {
    const found = sectionOf(input.section);
    return { section: found.section, schema: schemaOf(found), ...(await found.view(tx)) };
  },
});

export const putSettings = defineRoute({
  method: 'PUT',
  path: '/settings/{section}',
  permission: 'settings.write',
  tags: ['settings'],
  summary: 'Set the named values; If-Match names the version',
  input: z.object({ section, values: z.record(z.string().max(60), z.unknown()) }),
  output: SettingsView,
  run: async (tx, ctx, input) => {
    const found = sectionOf(input.section);
    const saved = await found.put(tx, ctx, input.values);
    tx.afterCommit(forgetCredentials); // who must enrol a second factor is a setting too
    return { section: found.section, schema: schemaOf(found), ...saved };
  },
});
