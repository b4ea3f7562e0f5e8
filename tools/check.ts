import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, ROOT } from './files.ts';
import { checkForbiddenWords, checkSqlOwnership, checkTexts } from './source-rules.ts';
import { runTests } from './test-run.ts';

/**
 * The one command that says whether the repository is sound: `npm test`, and what CI runs.
 *   npm test                   everything
 *   npm test -- --fast         without the tests that open a browser
 *   npm test -- --checks       only the checks before the tests
 *   npm test -- path …         only these test files or folders
 */
type Step = { name: string; run: () => Promise<string[]> };

const bin = (...parts: string[]): string => path.join(ROOT, 'node_modules', ...parts);

/** Runs one of our tools on this Node; its output is the list of problems when it fails. */
async function tool(script: string, ...args: string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number>((done, failed) => {
    child.once('error', failed);
    child.once('close', (status) => done(status ?? 1));
  });
  return { code, output: Buffer.concat(chunks).toString('utf8') };
}

async function problemsOf(script: string, ...args: string[]): Promise<string[]> {
  const { code, output } = await tool(script, ...args);
  return code === 0 ? [] : [output.trim() || `${path.basename(script)} ended with code ${code}`];
}

const hasWeb = (): boolean => filesBelow(ROOT, ['web'], /\.tsx$/).length > 0;

/**
 * The module graph. The tool reports success when it understands no file at all (as under a TypeScript it does not know),
 * so the files it saw are counted too.
 */
async function checkModules(): Promise<string[]> {
  const folders = ['server', 'web', 'bench', 'tools'].filter((folder) => existsSync(path.join(ROOT, folder)));
  const sources = filesBelow(ROOT, folders, /\.(ts|tsx|mjs)$/).filter((file) => !file.endsWith('.d.mts'));
  const args = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...folders];
  const { output } = await tool(bin('dependency-cruiser', 'bin', 'dependency-cruise.mjs'), ...args);
  let result: CruiseResult;
  try {
    result = JSON.parse(output) as CruiseResult;
  } catch {
    return [output.trim()];
  }
  const problems = result.summary.violations.map((v) => `${v.rule.name}: ${v.from} → ${v.to}`);
  const seen = new Set(result.modules.map((module) => module.source));
  const unseen = sources.filter((file) => !seen.has(file));
  if (unseen.length > 0)
    problems.push(`dependency-cruiser did not see ${unseen.length} of ${sources.length} files, such as ${unseen[0]}`);
  return problems;
}

type CruiseResult = {
  modules: { source: string }[];
  summary: { violations: { rule: { name: string }; from: string; to: string }[] };
};

async function checkTypes(): Promise<string[]> {
  const compiler = bin('typescript7', 'bin', 'tsc');
  const server = await problemsOf(compiler, '--noEmit', '-p', 'tsconfig.json');
  return hasWeb() ? [...server, ...(await problemsOf(compiler, '--noEmit', '-p', 'tsconfig.web.json'))] : server;
}

const STEPS: Step[] = [
  { name: 'format', run: () => problemsOf(bin('oxfmt', 'bin', 'oxfmt'), '--check') },
  { name: 'lint', run: () => problemsOf(bin('oxlint', 'bin', 'oxlint'), '-f', 'unix') },
  { name: 'types', run: checkTypes },
  { name: 'module graph', run: checkModules },
  {
    name: 'unused files and imports',
    run: () => problemsOf(bin('knip', 'bin', 'knip.js'), '--no-progress', '--no-config-hints'),
  },
  { name: 'own tables only', run: async () => checkSqlOwnership(ROOT) },
  { name: 'words that go round a rule', run: async () => checkForbiddenWords(ROOT) },
  { name: 'texts in both languages', run: async () => checkTexts(ROOT) },
];

const WEB_BUILD: Step = {
  name: 'web build',
  run: () => problemsOf(path.join(ROOT, 'tools', 'bootstrap.mjs'), '--web'),
};

/** One line per step; the problems only when there are some. True when there were none. */
async function take(step: Step): Promise<boolean> {
  const started = performance.now();
  const problems = await step.run().catch((error: unknown) => [String(error)]);
  const took = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${step.name}  ${took} s\n`);
  for (const problem of problems) process.stdout.write(`${problem.replaceAll(/^/gm, '     ')}\n`);
  return problems.length === 0;
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const unknown = args.find((arg) => arg.startsWith('-') && arg !== '--fast' && arg !== '--checks');
  if (unknown) throw new Error(`unknown option ${unknown}: only --fast, --checks and paths of tests are understood`);
  const paths = args.filter((arg) => !arg.startsWith('-'));
  const browser = !args.includes('--fast') && !args.includes('--checks');
  let brokenSteps = 0;
  if (paths.length === 0) {
    for (const step of browser ? [...STEPS, WEB_BUILD] : STEPS) if (!(await take(step))) brokenSteps += 1;
  }
  if (args.includes('--checks')) {
    process.exitCode = brokenSteps > 0 ? 1 : 0;
    return;
  }
  const started = performance.now();
  process.stdout.write('tests\n');
  const { passed, failed } = await runTests({ paths, browser });
  process.stdout.write(`tests took ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
  if (brokenSteps > 0)
    process.stdout.write(
      `${brokenSteps} of the checks before the tests failed (see above); each counts as one failure\n`,
    );
  process.stdout.write(`${passed} passed, ${failed + brokenSteps} failed\n`);
  process.exitCode = failed + brokenSteps > 0 ? 1 : 0;
}

await main();
