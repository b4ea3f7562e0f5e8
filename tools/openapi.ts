import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { openApi } from '../server/src/kernel/http/openapi.ts';
import { VERSION } from '../server/src/app/platform.ts';
import { allRoutes } from '../server/src/app/wiring.ts';
import { ROOT } from './files.ts';

/**
 * The API written down: docs/openapi.json for programs, and the types the web is checked against, both out of the
 * schemas that check the requests. `npm run openapi` writes them; a test fails while they are not what it would write.
 */
export const WRITTEN = ['docs/openapi.json', 'web/api/schema.generated.ts'] as const;

const NOTE = '// Written by `npm run openapi` from docs/openapi.json. Do not edit.\n\n';

/** The text of each written file, by path, as the routes are now. */
export async function writtenApi(): Promise<Record<(typeof WRITTEN)[number], string>> {
  const description = openApi(allRoutes, VERSION);
  const types = await openapiTS(description as unknown as OpenAPI3, { alphabetize: true, defaultNonNullable: false });
  return {
    'docs/openapi.json': `${JSON.stringify(description, null, 2)}\n`,
    'web/api/schema.generated.ts': NOTE + astToString(types),
  };
}

/** The text of a written file as it is checked in. */
export const checkedIn = (file: (typeof WRITTEN)[number]): string => readFileSync(path.join(ROOT, file), 'utf8');

if (process.argv[1] === import.meta.filename) {
  for (const [file, text] of Object.entries(await writtenApi())) writeFileSync(path.join(ROOT, file), text);
}
