import type { Answer, Sender, TestApp, TestOrg } from './app.ts';
import { expectStatus } from './shop.ts';

export type Body = Answer['body'];

export const newTicket = async (org: Sender, over: object = {}): Promise<Body> =>
  expectStatus(await org.post('/tickets', { category: 'inquiry', subject: '怎么退货', body: '请问……', ...over }), 201);
export const ticketOf = async (org: Sender, id: string): Promise<Body> =>
  expectStatus(await org.get(`/tickets/${id}`), 200);
export const said = async (org: Sender, id: string, over: object = {}): Promise<Body> =>
  expectStatus(await org.post(`/tickets/${id}/messages`, { body: '您好', ...over }), 201);
export const wrote = (org: Sender, id: string, over: object = {}): Promise<Body> =>
  said(org, id, { kind: 'inbound', body: '还在吗', ...over });
export const clockOf = (ticket: Body, metric: string): Body =>
  ticket.clocks.filter((c: Body) => c.metric === metric).at(-1);
export const eventsIn = (ticket: Body): string[] => ticket.moves.map((m: Body) => m.event);
export const messagesIn = async (org: Sender, id: string): Promise<Body[]> =>
  expectStatus(await org.get(`/tickets/${id}/messages`), 200).items.toReversed();

/** What a person was told of a ticket in the app, by template. */
export async function toldTo(app: TestApp, org: TestOrg, userId: string, ticket: Body): Promise<string[]> {
  const rows = await app.db.read({ orgId: org.id }, (tx) =>
    tx.query<{ template: string }>(
      `select template from kernel.notifications where recipient_id = $1 and channel = 'in_app' and data ->> 'no' = $2 order by id`,
      [userId, ticket.no],
    ),
  );
  return rows.map((r) => r.template);
}

/** Changes a team: who is in it, who leads it. */
export async function setTeam(org: Sender, code: string, over: object): Promise<Body> {
  const { items } = expectStatus(await org.get('/support-teams'), 200);
  const team = items.find((t: Body) => t.code === code);
  expectStatus(await org.api('PUT', `/support-teams/${team.id}`, { name: team.name, ...over }), 200);
  return team;
}
