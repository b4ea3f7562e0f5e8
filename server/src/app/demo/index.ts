import { randomBytes } from 'node:crypto';
import { BUILT_IN_ROLES, createOrg, createUser, findOrg } from '#modules/identity/index.ts';
import type { App } from '../app.ts';

export const DEMO_ORG = 'demo';

export type LogIn = { role: string; email: string; password: string };

/** Makes the demo organisation the first time; returns its log-ins then, and nothing ever after. */
export async function ensureDemo(app: App): Promise<LogIn[]> {
  if (await findOrg(app.db, DEMO_ORG)) return [];
  await createOrg(app.db, { code: DEMO_ORG, name: '掌柜示例商城', demo: true });
  const logIns: LogIn[] = [];
  for (const role of BUILT_IN_ROLES) {
    const logIn = { role: role.code, email: `${role.code}@demo.zhanggui.local`, password: randomBytes(9).toString('base64url') };
    await createUser(app.db, { org: DEMO_ORG, email: logIn.email, name: role.code, password: logIn.password, roles: [role.code] });
    logIns.push(logIn);
  }
  return logIns;
}
