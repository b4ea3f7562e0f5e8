// Runs before every npm script, on whatever Node the machine has (20.19 or later) and before anything is installed:
// so it uses nothing but Node itself. Everything it says goes to standard error, because a command's standard output
// belongs to the command (`npm run -s zhanggui -- api-key create …` prints the key alone).
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LOCK = join(ROOT, '.cache', 'bootstrap.lock');
const LOCK_WAIT_MS = 15 * 60_000;
const WEB_STAMP = join(ROOT, 'web', 'dist', '.built-from');
const WINDOWS = process.platform === 'win32';

const say = (text) => process.stderr.write(`[zhanggui] ${text}\n`);

function fail(text) {
  say(text);
  process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(
      `Node ${process.versions.node} is too old: Zhanggui installs its own Node 24, but needs 20.19 or later to begin.`,
    );
  }
}

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Why `npm ci` has to run, or undefined when what is installed is what package-lock.json asks for. */
export function installReason(root) {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return 'nothing is installed yet';
  // npm writes this file last, so an install that was interrupted leaves none or an old one.
  const have = readJson(installed).packages;
  const want = readJson(join(root, 'package-lock.json')).packages;
  for (const [path, { version, optional, peer, link }] of Object.entries(want)) {
    if (path === '' || link) continue;
    if (have[path] === undefined && (optional || peer)) continue; // for another platform
    if (have[path]?.version !== version) return `${path.replace(/^.*node_modules\//, '')} ${version} is not installed`;
  }
  const node = join(root, 'node_modules', 'node', 'bin', WINDOWS ? 'node.exe' : 'node');
  if (!existsSync(node)) return 'Node 24 itself is not installed (were install scripts switched off?)';
  return undefined;
}

/** The environment for npm: without our node_modules/.bin, which `npm ci` is about to delete with the Node in it. */
function npmEnvironment() {
  const env = { ...process.env };
  // `npm run -s` and the like pass their own options on; only where and how to reach a registry is meant for this install too.
  const kept =
    /^npm_config_(registry|cache|proxy|https_proxy|noproxy|cafile|userconfig|globalconfig|prefer_offline|offline)$/i;
  for (const name of Object.keys(env))
    if (/^npm_(config_|lifecycle_|package_)/i.test(name) && !kept.test(name)) delete env[name];
  const path = Object.keys(env).find((name) => name.toLowerCase() === 'path') ?? 'PATH';
  const keep = (folder) => !folder.endsWith(join('node_modules', '.bin')) && !folder.includes('node-gyp-bin');
  env[path] = (env[path] ?? '').split(delimiter).filter(keep).join(delimiter);
  return env;
}

function install(reason) {
  say(`Installing dependencies (${reason}); about a minute the first time …`);
  const started = Date.now();
  const args = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--ignore-scripts=false',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const done = spawnSync('npm', args, { cwd: ROOT, env: npmEnvironment(), stdio: ['ignore', 2, 2], shell: WINDOWS });
  if (done.error) fail(`npm could not be started: ${done.error.message}`);
  if (done.status !== 0) {
    fail(
      'npm ci failed (its own words are above). It needs to reach the npm registry once: check the network, then repeat the command.',
    );
  }
  const still = installReason(ROOT);
  if (still) fail(`npm ci ended, but ${still}. Try: rm -rf node_modules && npm ci`);
  say(`Dependencies installed in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
}

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (!/\.test\.tsx?$/.test(entry.name)) yield path;
  }
}

/** A hash of everything the built web pages are made from. */
export function webHash(root) {
  const hash = createHash('sha256');
  const files = [...filesBelow(join(root, 'web')), join(root, 'package-lock.json')].toSorted();
  for (const path of files)
    hash.update(relative(root, path).split(sep).join('/')).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

function buildWeb() {
  if (!['ts', 'mts', 'js', 'mjs'].some((ext) => existsSync(join(ROOT, 'web', `vite.config.${ext}`)))) return;
  const hash = webHash(ROOT);
  if (existsSync(WEB_STAMP) && readFileSync(WEB_STAMP, 'utf8') === hash) return;
  say('Building the web pages …');
  const started = Date.now();
  const node = join(ROOT, 'node_modules', 'node', 'bin', WINDOWS ? 'node.exe' : 'node');
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--outDir', 'dist', '--emptyOutDir', '--logLevel', 'warn'];
  const done = spawnSync(node, args, { cwd: join(ROOT, 'web'), stdio: ['ignore', 2, 2] });
  if (done.status !== 0) fail('The web pages could not be built (the reason is above).');
  writeFileSync(WEB_STAMP, hash);
  say(`Web pages built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** One installation at a time: two commands typed at once must not delete each other's node_modules. */
function alone(work) {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  const giveUpAt = Date.now() + LOCK_WAIT_MS;
  for (let told = false; ;) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const age = Date.now() - (statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    const holder = existsSync(LOCK) ? Number(readFileSync(LOCK, 'utf8')) : 0;
    if (age > 1000 && !(holder > 0 && isAlive(holder))) rmSync(LOCK, { force: true });
    else if (!told) say('Waiting for another command that is installing …');
    told = true;
    if (Date.now() > giveUpAt) fail(`Another command holds ${LOCK}; delete it if there is none.`);
    pause(200);
  }
  try {
    work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function main() {
  checkNode();
  process.on(
    'exit',
    (code) => code !== 0 && existsSync(LOCK) && readFileSync(LOCK, 'utf8') === String(process.pid) && rmSync(LOCK),
  );
  if (installReason(ROOT))
    alone(() => {
      const reason = installReason(ROOT);
      if (reason) install(reason);
    });
  if (process.argv.includes('--web')) alone(buildWeb);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
