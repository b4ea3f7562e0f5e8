import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './files.ts';

/**
 * `npm run new:module -- <name> [module it may use …]`: the folder of a new business module, with what every module has, and its
 * row in the module graph.
 */
const NAME = /^[a-z][a-z]{2,30}$/; // also the name of its PostgreSQL schema

const files = (name: string): Record<string, string> => ({
  'README.md': `# ${name}\n\nWhat this module is for, what it promises to the others, and which of its tables are written by whom.\n`,
  'index.ts': `import type { Module } from '#kernel/module.ts';

/** The front door: what is not exported here or in events.ts is nobody else's business. */
export const ${name}Module = {
  name: '${name}',
  permissions: {},
} satisfies Module;
`,
  'i18n/zh-CN.json': '{}\n',
  'i18n/en.json': '{}\n',
  'migrations/0001-begin.sql': `-- Why: the schema of ${name}. Lock: none, it is new. To back out: drop schema ${name} cascade.\ncomment on schema ${name} is '${name}';\n`,
});

/** The graph's text with one more row, before `insights`, which stays last because it may read everybody's events. */
export function addToGraph(source: string, name: string, uses: readonly string[]): string {
  const row = `  ${name}: [${uses.map((use) => `'${use}'`).join(', ')}],\n`;
  const at = source.indexOf('  insights: [');
  if (at < 0) throw new Error('tools/module-graph.mjs has no row "insights" to stand before');
  return source.slice(0, at) + row + source.slice(at);
}

/** @throws when the name is taken or not fit for a folder and a schema, or a used module does not exist. */
export function createModule(root: string, name: string, uses: readonly string[]): string[] {
  if (!NAME.test(name))
    throw new Error(`"${name}" must be 3 to 31 small letters: it becomes a folder and a PostgreSQL schema`);
  const folder = path.join(root, 'server/src/modules', name);
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Error(`${folder} exists already`);
  const graphFile = path.join(root, 'tools/module-graph.mjs');
  const graph = readFileSync(graphFile, 'utf8');
  const rowOf = (module: string): boolean => new RegExp(`^  ${module}: \\[`, 'm').test(graph);
  for (const use of uses) if (!rowOf(use)) throw new Error(`there is no module "${use}" to use`);
  if (!rowOf(name)) writeFileSync(graphFile, addToGraph(graph, name, uses));
  for (const [file, text] of Object.entries(files(name))) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return Object.keys(files(name)).map((file) => `server/src/modules/${name}/${file}`);
}

if (process.argv[1] === import.meta.filename) {
  const [name, ...uses] = process.argv.slice(2);
  if (name === undefined || name.startsWith('-')) {
    process.stderr.write('usage: npm run new:module -- <name> [module it may use …]\n');
    process.exitCode = 1;
  } else {
    try {
      for (const file of createModule(ROOT, name, uses)) process.stdout.write(`${file}\n`);
      process.stdout.write(`Now add ${name}Module to server/src/app/wiring.ts.\n`);
    } catch (error) {
      process.stderr.write(`${(error as Error).message}\n`);
      process.exitCode = 1;
    }
  }
}
