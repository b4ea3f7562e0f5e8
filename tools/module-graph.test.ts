import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { ROOT } from './files.ts';
import { GRAPH } from './module-graph.mjs';
import { createModule } from './new-module.ts';

type Cruise = { summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] } };

/** A small repository with our rules and these files. */
function plant(t: TestContext, files: Record<string, string>): string {
  const root = mkdtempSync(path.join(os.tmpdir(), 'zhanggui-graph-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(path.join(root, 'tools'));
  for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.mjs', 'tools/module-graph.mjs']) {
    copyFileSync(path.join(ROOT, file), path.join(root, file));
  }
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return root;
}

function cruise(root: string, folders: string[]): Cruise['summary'] {
  const program = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...folders];
  const done = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  assert.notEqual(done.stdout, '', done.stderr);
  return (JSON.parse(done.stdout) as Cruise).summary;
}

const M = 'server/src/modules';
const value = 'export const a = 1;\n';
const uses = (specifier: string): string => `import { a } from '${specifier}';\nexport const b = a;\n`;

const BASE: Record<string, string> = {
  'server/src/kernel/money.ts': value,
  'server/src/kernel/db.ts': value,
  'server/src/kernel/testing/index.ts': value,
  'server/src/app/main.ts': uses('#modules/orders/index.ts'),
  'tools/tool.ts': value,
  'web/ui/a.ts': value,
  'bench/one.ts': uses('#kernel/db.ts'),
  ...Object.fromEntries(
    Object.keys(GRAPH).flatMap((name) => [
      [`${M}/${name}/index.ts`, value],
      [`${M}/${name}/events.ts`, value],
    ]),
  ),
  [`${M}/orders/commands/place.ts`]: uses('../store/orders.ts'),
  [`${M}/orders/store/orders.ts`]: uses('#kernel/db.ts'),
  [`${M}/orders/domain/sum.ts`]: uses('#kernel/money.ts'),
  [`${M}/orders/index.ts`]: `export * from './commands/place.ts';\nexport { a } from '#modules/catalog/index.ts';\n`,
  [`${M}/orders/orders.test.ts`]: uses('#kernel/testing/index.ts'),
  [`${M}/insights/handlers/on-order.ts`]: uses('#modules/orders/events.ts'),
};

/** Each rule with one file that breaks it. */
const VIOLATIONS: Record<string, [file: string, text: string]> = {
  'no-cycles': ['server/src/kernel/one.ts', `import './two.ts';\n`],
  'no-unresolved': ['server/src/kernel/typo.ts', uses('#kernel/mony.ts')],
  'kernel-knows-nobody': ['server/src/kernel/up.ts', uses('#modules/catalog/index.ts')],
  'modules-know-no-app': [`${M}/catalog/up.ts`, uses('#app/main.ts')],
  'front-door-only': [
    `${M}/orders/commands/back-door.ts`,
    `import type { a } from '#modules/catalog/store/things.ts';\nexport type B = typeof a;\n`,
  ],
  'domain-is-pure': [`${M}/orders/domain/impure.ts`, uses('#kernel/db.ts')],
  'store-at-the-bottom': [`${M}/orders/store/up.ts`, uses('../commands/place.ts')],
  'no-test-code': [`${M}/orders/commands/tested.ts`, uses('#kernel/testing/index.ts')],
  'insights-reads-events': [`${M}/insights/handlers/asks.ts`, uses('#modules/orders/index.ts')],
  'module-is-declared': [`${M}/gossip/index.ts`, uses('#kernel/db.ts')],
  'web-knows-no-server': ['web/ui/peeks.ts', uses('../../server/src/kernel/money.ts')],
  'server-stands-alone': ['server/src/kernel/leans.ts', uses('../../../tools/tool.ts')],
  // For every module, one that it may not use; for most that is a module above it, which would also be a cycle one day.
  ...Object.fromEntries(
    Object.entries(GRAPH)
      .filter(([name]) => name !== 'insights')
      .map(([name, allowed]) => {
        const other = Object.keys(GRAPH).find((one) => one !== name && !allowed.includes(one)) ?? 'insights';
        return [`${name}-uses-only-declared`, [`${M}/${name}/undeclared.ts`, uses(`#modules/${other}/index.ts`)]];
      }),
  ),
};
const HELPERS = { 'server/src/kernel/two.ts': `import './one.ts';\n`, [`${M}/catalog/store/things.ts`]: value };

test('a repository that keeps the rules has no violation, and every file of it is seen', (t) => {
  const summary = cruise(plant(t, BASE), ['server', 'web', 'bench', 'tools']);
  assert.deepEqual(
    summary.violations.map((v) => `${v.rule.name}: ${v.from} → ${v.to}`),
    [],
  );
  assert.ok(summary.totalCruised >= Object.keys(BASE).length);
});

test('a planted violation of any rule is found', async (t) => {
  const planted = Object.fromEntries(Object.values(VIOLATIONS));
  const summary = cruise(plant(t, { ...BASE, ...HELPERS, ...planted }), ['server', 'web', 'bench', 'tools']);
  for (const [name, [file]] of Object.entries(VIOLATIONS)) {
    await t.test(name, () => assert.ok(summary.violations.some((v) => v.rule.name === name && v.from === file)));
  }
});

test('every rule of the configuration has a planted violation', async () => {
  const { default: config } = (await import('../.dependency-cruiser.mjs' as string)) as {
    default: { forbidden: { name: string }[] };
  };
  assert.deepEqual(config.forbidden.map((rule) => rule.name).toSorted(), Object.keys(VIOLATIONS).toSorted());
});

test('the declared graph has no cycle and names no unknown module', () => {
  const known = new Set(Object.keys(GRAPH));
  const above = (name: string, path: string[]): void => {
    assert.ok(!path.includes(name), `${[...path, name].join(' → ')}`);
    for (const use of GRAPH[name] ?? []) {
      assert.ok(known.has(use), `${name} uses ${use}, which is not in the graph`);
      above(use, [...path, name]);
    }
  };
  for (const name of known) above(name, []);
});

test('a module made by new:module passes the rules, and may use what was asked for', (t) => {
  const root = plant(t, { ...BASE, 'server/src/kernel/module.ts': 'export type Module = { name: string };\n' });
  createModule(root, 'loyalty', ['customers']);
  writeFileSync(path.join(root, M, 'loyalty/uses.ts'), uses('#modules/customers/index.ts'));
  assert.deepEqual(cruise(root, ['server']).violations, []);
  writeFileSync(path.join(root, M, 'loyalty/misuses.ts'), uses('#modules/orders/index.ts'));
  assert.deepEqual(
    cruise(root, ['server']).violations.map((v) => v.rule.name),
    ['loyalty-uses-only-declared'],
  );
  assert.throws(() => createModule(root, 'loyalty', []), /exists already/);
  assert.throws(() => createModule(root, 'Loyal Ty', []), /small letters/);
});
