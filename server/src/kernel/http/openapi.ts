import { z } from 'zod';
import { REFUSALS } from '../errors.ts';
import { pathKeys, type Route, urlOf } from './route.ts';

type Json = Record<string, unknown>;

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457 problem. `code` is stable; every problem of the request is in `errors`.',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'code', 'message'],
        properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const made = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    reused: 'inline',
  }) as Json;
  delete made['$schema'];
  const defs = (made['$defs'] ?? {}) as Json;
  delete made['$defs'];
  for (const [name, def] of Object.entries(defs)) {
    components[name] = JSON.parse(JSON.stringify(def).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
  }
  return JSON.parse(JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
}

/** An input that has a name of its own is a reference: its fields are looked up. */
function resolved(schema: Json, components: Json): Json {
  const name = /^#\/components\/schemas\/(.+)$/.exec(String(schema['$ref'] ?? ''))?.[1];
  return name === undefined ? schema : (components[name] as Json);
}

function operation(route: Route, components: Json): Json {
  const input = resolved(schemaOf(route.input, 'input', components), components);
  const properties = (input['properties'] ?? {}) as Record<string, Json>;
  const required = new Set((input['required'] ?? []) as string[]);
  const inPath = new Set(pathKeys(route));
  const inQuery = route.method === 'GET' || route.method === 'DELETE';
  const parameters = Object.entries(properties)
    .filter(([name]) => inPath.has(name) || inQuery)
    .map(([name, schema]) => ({
      name,
      in: inPath.has(name) ? 'path' : 'query',
      required: inPath.has(name) || required.has(name),
      schema,
    }));
  const body = Object.fromEntries(Object.entries(properties).filter(([name]) => !inPath.has(name)));
  const made: Json = {
    operationId: `${route.method.toLowerCase()}${urlOf(route)
      .replace('/api/v1', '')
      .replaceAll(/[^a-zA-Z0-9]+(\w)?/g, (_m, c: string | undefined) => (c ?? '').toUpperCase())}`,
    summary: route.summary,
    tags: route.tags,
    'x-permission': route.permission,
    parameters:
      route.method === 'POST'
        ? [
            ...parameters,
            { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 120 } },
          ]
        : parameters,
    responses: {
      [String(route.status ?? 200)]: {
        description: 'Done',
        ...(route.status === 204
          ? {}
          : { content: { 'application/json': { schema: schemaOf(route.output, 'output', components) } } }),
      },
      default: {
        description: 'Refused',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
  if (route.permission === 'public') made['security'] = [];
  if (route.multipart)
    made['requestBody'] = {
      content: { 'multipart/form-data': { schema: schemaOf(route.multipart, 'input', components) } },
    };
  else if (!inQuery && Object.keys(body).length > 0) {
    const schema = { ...input, properties: body, required: [...required].filter((r) => !inPath.has(r)) };
    made['requestBody'] = { required: true, content: { 'application/json': { schema } } };
  }
  return made;
}

/** The OpenAPI 3.1 document of the routes, from the schemas that check the requests. */
export function openApi(routes: readonly Route[], version: string): Json {
  const components: Json = { Problem: PROBLEM };
  const paths: Record<string, Json> = {};
  for (const route of routes.filter((r) => r.documented !== false)) {
    const url = urlOf(route);
    paths[url] = { ...paths[url], [route.method.toLowerCase()]: operation(route, components) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Zhanggui 掌柜',
      version,
      description: `Refusal codes: ${[...REFUSALS]
        .map(([code, status]) => `\`${code}\` ${status}`)
        .toSorted()
        .join(', ')}.`,
    },
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }, { session: [] }],
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'zhanggui.session_token' },
      },
    },
  };
}
