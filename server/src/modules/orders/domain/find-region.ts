import {
  type Division,
  type Divisions,
  isCollective,
  isMunicipality,
  isUnlisted,
  lacksDistricts,
  placeOf,
} from './divisions.ts';

type Level = 'province' | 'city' | 'district';
export type Region = {
  province: string;
  city: string;
  district: string;
  /** 0 to 1, by level: how sure it is; what the text does not say but follows is a little less sure. */
  confidence: Record<Level, number>;
  /** Where each level stands in the text; a level that only follows stands nowhere. */
  spans: { level: Level; from: number; to: number }[];
  from: number;
  to: number;
};

const HAN = /\p{Script=Han}/u;
/** What may stand between the levels of an address. */
const BETWEEN = /[\s,/|、\-–—>·;.:]/u;
const COUNTRY = /^(?:中华人民共和国|中国)/u;
// After a short name these mean a street or a place called after the city: 北京路, 西湖大道.
const CALLED_AFTER = /^(?:[东南西北中]?(?:路|街|大道|道|巷|弄|里)|大厦|大楼|广场|花园|镇|村|乡|公园|小区|新村|苑)/u;
const ZONE =
  /^\p{Script=Han}{0,8}?(?:高新技术产业开发区|经济技术开发区|高新技术开发区|高新区|经开区|开发区|工业园区|新区|示范区|保税区|产业园区|度假区)/u;
const TOWN = /^\p{Script=Han}{2,5}?(?:街道|镇|乡|区)/u;
const SOME_DISTRICT = /^\p{Script=Han}{2,4}?(?:区|县)/u;
const NO_CITY = /^(?:市辖区|县级行政区划|省直辖县级行政区划|自治区直辖县级行政区划|省直辖县|省直辖|直辖县)/u;

const SURE = 0.99;
const SHORT = 0.92;
const FOLLOWS = 0.9;
const ZONE_SURE = 0.75;
const UNKNOWN = 0.5;

class Reading {
  readonly spans: Region['spans'] = [];
  readonly confidence: Record<Level, number> = { province: 0, city: 0, district: 0 };
  province: Division | undefined;
  city: Division | undefined;
  district: Division | undefined;
  zone = '';
  score = 0;
  at: number;
  readonly text: string;
  readonly skip: (at: number) => boolean;
  constructor(text: string, at: number, skip: (at: number) => boolean) {
    this.text = text;
    this.at = at;
    this.skip = skip;
  }

  /** Passes what stands between levels; remembers nothing of it. */
  pass(): number {
    let at = this.at;
    while (at < this.text.length && (this.skip(at) || BETWEEN.test(this.text[at] as string))) at += 1;
    return at;
  }

  take(level: Level, from: number, length: number, sure: number, worth: number): void {
    this.spans.push({ level, from, to: from + length });
    this.confidence[level] = sure;
    this.score += worth;
    this.at = from + length;
  }
}

/** Whether a name stands there as itself: in full, or short and not as the name of a street. */
function standsAt(text: string, at: number, length: number, full: boolean): boolean {
  return full || !CALLED_AFTER.test(text.slice(at + length, at + length + 4));
}

const isFull = (name: string, divisions: readonly Division[]): boolean =>
  divisions.some((d) => d.name === name) || /(?:省|市|区|县|旗|州|盟|地区)$/u.test(name);

/**
 * The province, city and district a text names, wherever they stand in it and whichever of them are left out: the reading that
 * explains most. `skip` marks places that are no part of any name (labels). Undefined when there is none.
 */
export function findRegion(text: string, divisions: Divisions, skip: (at: number) => boolean): Region | undefined {
  let best: Reading | undefined;
  for (let at = 0; at < text.length; at += 1) {
    if (skip(at) || !HAN.test(text[at] as string)) continue;
    const read = readAt(text, at, divisions, skip);
    if (read.score >= 3 && (best === undefined || read.score > best.score)) best = read;
  }
  return best && regionOf(best);
}

function readAt(text: string, start: number, divisions: Divisions, skip: (at: number) => boolean): Reading {
  const r = new Reading(text, start, skip);
  const country = COUNTRY.exec(text.slice(start, start + 8))?.[0].length ?? 0;
  r.at += country;
  readProvince(r, divisions);
  if (r.province && isUnlisted(r.province)) return r;
  readCity(r, divisions);
  readDistrict(r, divisions);
  // A short name alone (王吉林, 北京烤鸭) is no place.
  const named = r.spans.map((s) => text.slice(s.from, s.to));
  if (named.length === 1 && !/(?:省|市|区|县|旗|州|盟)$/u.test(named[0] as string)) r.score = Math.min(r.score, 2);
  return r;
}

function readProvince(r: Reading, divisions: Divisions): void {
  const from = r.pass();
  const found = divisions.provinceAt(r.text, from);
  if (!found) return;
  const full = isFull(r.text.slice(from, from + found.length), [found.is]);
  if (!standsAt(r.text, from, found.length, full)) return;
  r.province = found.is;
  r.take('province', from, found.length, full ? SURE : SHORT, full ? 3 : 2);
}

function readCity(r: Reading, divisions: Divisions): void {
  const from = r.pass();
  const none = r.province === undefined ? undefined : NO_CITY.exec(r.text.slice(from, from + 12));
  if (none) return r.take('city', from, none[0].length, SURE, 1);
  if (r.province && isMunicipality(r.province)) {
    const again = divisions.provinceAt(r.text, from);
    if (again?.is === r.province && standsAt(r.text, from, again.length, false))
      r.take('city', from, again.length, SURE, 1);
    return;
  }
  const found = divisions.citiesAt(r.text, from);
  const city = found?.is.find((c) => r.province === undefined || c.parent === r.province);
  if (!found || !city) return;
  const full = isFull(r.text.slice(from, from + found.length), [city]);
  if (!standsAt(r.text, from, found.length, full)) return;
  if (!full && (divisions.districtsAt(r.text, from)?.length ?? 0) > found.length) return; // 朝阳区 is not in 朝阳市
  r.city = city;
  r.take('city', from, found.length, full ? SURE : SHORT, full ? 3 : 2);
}

function readDistrict(r: Reading, divisions: Divisions): void {
  const from = r.pass();
  const found = divisions.districtsAt(r.text, from);
  const near = (d: Division): boolean =>
    r.city ? d.parent === r.city : r.province ? d.parent?.parent === r.province : true;
  const fitting = found?.is.filter(near) ?? [];
  const [first] = fitting;
  if (found && first) {
    const full = isFull(r.text.slice(from, from + found.length), [first]);
    const alone = r.city === undefined && r.province === undefined;
    if (standsAt(r.text, from, found.length, full) && (!alone || full)) {
      if (!alone || fitting.length === 1) r.district = first;
      else r.zone = first.name; // 朝阳区 alone: Beijing's or Changchun's
      return r.take(
        'district',
        from,
        found.length,
        alone && fitting.length > 1 ? UNKNOWN : full ? SURE : SHORT,
        full ? 3 : 1.5,
      );
    }
  }
  if (r.city === undefined && !(r.province && isMunicipality(r.province))) return;
  const rest = r.text.slice(from, from + 20);
  const zone = ZONE.exec(rest)?.[0];
  const town = zone === undefined && r.city && lacksDistricts(r.city) ? TOWN.exec(rest)?.[0] : undefined;
  const some = zone ?? town ?? SOME_DISTRICT.exec(rest)?.[0];
  if (some === undefined || /[路巷弄号]|街(?!道)/u.test(some)) return;
  r.zone = some;
  r.take('district', from, some.length, zone === undefined && town === undefined ? UNKNOWN : ZONE_SURE, 1);
}

function regionOf(r: Reading): Region {
  const place = r.district ? placeOf(r.district) : r.city ? placeOf(r.city) : undefined;
  const province = place?.province ?? r.province?.name ?? '';
  const city = place?.city ?? (r.province && isMunicipality(r.province) ? r.province.name : '');
  const district = r.district ? (place?.district ?? '') : r.zone;
  const follows = (level: Level, value: string): number =>
    value === '' ? 0 : r.confidence[level] === 0 ? FOLLOWS : r.confidence[level];
  const unclear = r.city && isCollective(r.city) ? 0 : 1;
  return {
    province,
    city,
    district,
    confidence: {
      province: follows('province', province),
      city: follows('city', city) * unclear,
      district: follows('district', district),
    },
    spans: r.spans,
    from: r.spans[0]?.from ?? 0,
    to: r.spans.at(-1)?.to ?? 0,
  };
}
