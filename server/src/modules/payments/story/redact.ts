import { isHidden, REDACTED } from '../calls/redact.ts';

/** Wider than what is hidden when it is kept: here events and older records are shown too. */
const SECRET =
  /key|secret|sign|cert|cipher|token|password|openid|open_id|buyer|payer|phone|mobile|email|address|account_?no|card|name$|_ip$|^ip$|clientip/i;
const DEPTH_MAX = 6;
const TEXT_MAX = 500;

/**
 * What was sent or received, without what is secret or somebody's: values under such names are hidden, long texts are cut, at
 * any depth to the sixth.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.length > TEXT_MAX ? `${value.slice(0, TEXT_MAX)}…` : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEPTH_MAX) return REDACTED;
  if (Array.isArray(value)) return value.slice(0, 100).map((v) => redact(v, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, v]) => [
      name,
      (isHidden(name) || SECRET.test(name)) && v !== null && v !== '' ? REDACTED : redact(v, depth + 1),
    ]),
  );
}
