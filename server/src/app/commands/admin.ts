import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { fieldCrypto, rewrap } from '#kernel/crypto/index.ts';
import { createApiKey, createOrg, createUser, findOrg, setPassword } from '#modules/identity/index.ts';
import type { Open } from './open.ts';
import { doctor } from '../doctor.ts';

const out = (line: string): void => void process.stdout.write(`${line}\n`);
const list = (text: string): string[] =>
  text
    .split(',')
    .map((s) => s.trim())
    .filter((s) => s !== '');

/** Organisations, people, keys, and the checks. */
export function addAdminCommands(program: Command, open: Open): void {
  program
    .command('api-key')
    .description('API keys for programs')
    .command('create')
    .description('make a key; prints the key alone, which is kept nowhere')
    .requiredOption('--org <code>', 'organisation')
    .requiredOption('--name <name>', 'what uses it')
    .option('--scopes <list>', 'permissions, comma-separated, or all', 'all')
    .action((o: { org: string; name: string; scopes: string }) =>
      open(async (app) => out(await createApiKey(app.db, { org: o.org, name: o.name, scopes: list(o.scopes) }))),
    );

  program
    .command('org')
    .description('organisations')
    .command('create')
    .requiredOption('--code <code>')
    .requiredOption('--name <name>')
    .action((o: { code: string; name: string }) => open(async (app) => out((await createOrg(app.db, o)).id)));

  addUserCommands(program, open);

  program
    .command('rotate-keys')
    .description('seal personal data with a new key from now on; what older keys sealed stays readable')
    .requiredOption('--org <code>')
    .action((o: { org: string }) =>
      open(async (app) => {
        const org = await findOrg(app.db, o.org);
        if (!org) throw new Error(`There is no organisation ${o.org}`);
        out(`key ${await fieldCrypto.rotate(org.id)}`);
      }),
    );

  program
    .command('rewrap')
    .description('after ZHANGGUI_SECRET was changed: wrap the data keys anew; the old secret is in ZHANGGUI_OLD_SECRET')
    .action(() =>
      open(async (app) => {
        const old = process.env['ZHANGGUI_OLD_SECRET'];
        if (!old) throw new Error('ZHANGGUI_OLD_SECRET is not set');
        out(`${await rewrap(app.db, old, app.config.secret)} keys wrapped anew`);
      }),
    );

  program
    .command('doctor')
    .description('check every invariant; exits 1 when one does not hold')
    .option('--org <code>', 'only this organisation')
    .option('--json', 'machine-readable')
    .action((o: { org?: string; json?: boolean }) =>
      open(async (app) => {
        const findings = await doctor(app.db, o.org);
        if (o.json) out(JSON.stringify(findings));
        else
          for (const f of findings)
            out(
              `${f.faults.length === 0 ? 'ok   ' : 'FAULT'} ${f.org}: ${f.invariant}${f.faults.map((x) => `\n        ${x}`).join('')}`,
            );
        const bad = findings.filter((f) => f.faults.length > 0).length;
        if (!o.json) out(bad === 0 ? 'All invariants hold.' : `${bad} of ${findings.length} invariants do not hold.`);
        if (bad > 0) process.exitCode = 1;
      }),
    );
}

function addUserCommands(program: Command, open: Open): void {
  const user = program.command('user').description('people');
  user
    .command('create')
    .description('add a person; prints the password when none is given')
    .requiredOption('--org <code>')
    .requiredOption('--email <address>')
    .requiredOption('--name <name>')
    .requiredOption('--roles <list>')
    .option('--password <text>')
    .action((o: { org: string; email: string; name: string; roles: string; password?: string }) =>
      open(async (app) => {
        const password = o.password ?? randomBytes(12).toString('base64url');
        await createUser(app.db, { org: o.org, email: o.email, name: o.name, roles: list(o.roles), password });
        if (o.password === undefined) out(password);
      }),
    );

  user
    .command('reset-password')
    .description('give a person a new random password, which is printed, and sign them out everywhere')
    .argument('<email>')
    .action((email: string) =>
      open(async (app) => {
        const password = randomBytes(12).toString('base64url');
        await setPassword(app.db, { email, password });
        out(password);
      }),
    );
}
