import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { ROOT } from './files.ts';

const CACHE = path.join(ROOT, '.cache');
const LAUNCH_MS_MAX = 60_000;

/**
 * A Chromium out of npm: nothing has to be installed on the machine. It is unpacked once into .cache (about 1 s); any number
 * of processes may call this at the same time. It has no Chinese font: pages must bring their own, as ours do.
 */
export async function openBrowser(): Promise<Browser> {
  const folder = unpackOnce();
  const program = path.join(folder, 'chromium');
  return await chromium.launch({
    executablePath: program,
    timeout: LAUNCH_MS_MAX,
    env: environmentFor(folder, program),
    // The sandbox needs rights that root and containers do not have; the pages are our own.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'],
  });
}

function unpackOnce(): string {
  const home = path.join(ROOT, 'node_modules', '@sparticuz', 'chromium');
  const { version } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')) as { version: string };
  const folder = path.join(CACHE, `chromium-${version}-${process.arch}`);
  if (existsSync(folder)) return folder; // renamed into place only when complete
  const draft = `${folder}.${randomBytes(6).toString('hex')}`;
  mkdirSync(draft, { recursive: true });
  // The package unpacks into the system's temporary folder and trusts what lies there already: so it gets a folder of its own.
  // The variable makes it unpack the system libraries too, for machines that lack them.
  const script = `const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();`;
  const env = { ...process.env, TMPDIR: draft, TMP: draft, TEMP: draft, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' };
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, env, encoding: 'utf8' });
  try {
    if (done.status !== 0) throw new Error(`the browser could not be unpacked: ${done.stderr}`);
    chmodSync(path.join(draft, 'chromium'), 0o755);
    writeFileSync(path.join(draft, 'fonts', 'fonts.conf'), fontsConf(folder)); // theirs names folders of another machine
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // another process was first
  }
  return folder;
}

/** On a machine without the usual libraries or fonts, those that came with the package. */
function environmentFor(folder: string, program: string): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  const linked = spawnSync('ldd', [program], { encoding: 'utf8' });
  if (linked.status !== 0 || linked.stdout.includes('not found')) {
    env['LD_LIBRARY_PATH'] = [path.join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']]
      .filter(Boolean)
      .join(':');
  }
  if (!hasFonts()) env['FONTCONFIG_PATH'] = path.join(folder, 'fonts');
  return env;
}

const fontsConf = (folder: string): string =>
  `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${path.join(folder, 'fonts', 'fonts')}</dir><cachedir>${path.join(folder, 'fonts', 'cache')}</cachedir></fontconfig>
`;

const hasFonts = (): boolean =>
  existsSync('/etc/fonts/fonts.conf') && existsSync('/usr/share/fonts') && readdirSync('/usr/share/fonts').length > 0;
