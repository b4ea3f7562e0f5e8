import type { FieldProblem } from '#kernel/errors.ts';
import {
  type Division,
  type Divisions,
  isCollective,
  isMunicipality,
  isUnlisted,
  lacksDistricts,
  placeOf,
} from './divisions.ts';

export type Place = { province: string; city: string; district: string };
export type DivisionCheck = {
  problems: FieldProblem[];
  /** Holds the order deserves: legal, but somebody should look. */
  doubts: string[];
  /** The place by its official names, as far as it is known. */
  normalised?: Place;
};

/** The hold of an order whose address is doubtful. */
export const ADDRESS_HOLD = 'address';

// Zones that cities set up beside the official list: real places, unknown to it.
const ZONE =
  /(?:新区|新城|高新区|开发区|经开区|高新技术产业.*区|示范区|保税区|保税港区|港区|园区|产业园|工业区|管理区|风景区|风景名胜区|度假区|试验区|自贸区|合作区|功能区|先行区|科学城|大学城|兵团|农场)$/u;
const TOWN = /(?:镇|乡|街道|街道办|街道办事处|苏木|社区|村)$/u;
const COUNTRY_LEVEL = /(?:区|县|市|旗)$/u;
// Names so common that a city may use one for a part of itself whatever other cities have.
const COMMON = new Set(['城区', '郊区', '矿区', '新城区', '老城区', '城中区', '市中区', '城关区', '开发区']);
const NOT_A_CITY = new Set([
  '市辖区',
  '县',
  '直辖县级',
  '省直辖',
  '省直辖县',
  '省直辖县级行政区划',
  '省直辖县级行政单位',
  '自治区直辖',
  '自治区直辖县级行政区划',
  '直辖市',
]);

const tidy = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/\s+/gu, '')
    .replace(/\(.*?\)$/u, '');
const required = (field: keyof Place): FieldProblem => ({ path: `shipTo.${field}`, code: 'required' });
const doubtful = (): DivisionCheck => ({ problems: [], doubts: [ADDRESS_HOLD] });

/**
 * Whether province, city and district of an address at home agree with the official list. A province that does not exist
 * and a place that belongs elsewhere are problems; what nobody knows is a doubt, for new districts come every year.
 */
export function checkDivisions(shipTo: Place, divisions: Divisions): DivisionCheck {
  const [province, city, district] = [tidy(shipTo.province), tidy(shipTo.city), tidy(shipTo.district)];
  if (province === '') {
    const missing: FieldProblem[] = [required('province')];
    if (city === '') missing.push(required('city'));
    if (district === '') missing.push(required('district'));
    return { problems: missing, doubts: [] };
  }
  const known = divisions.province(province);
  if (!known) {
    const missing = [...(city === '' ? [required('city')] : []), ...(district === '' ? [required('district')] : [])];
    if (/^[\p{Script=Latin}\s.'’-]+$/u.test(province)) return { problems: missing, doubts: [ADDRESS_HOLD] };
    return {
      problems: [{ path: 'shipTo.province', code: 'unknown_division', facts: { name: shipTo.province } }, ...missing],
      doubts: [],
    };
  }
  if (isUnlisted(known)) return { problems: [], doubts: [], normalised: { province: known.name, city, district } };
  return isMunicipality(known)
    ? inMunicipality(known, city, district, divisions)
    : inProvince(known, city, district, divisions);
}

function inMunicipality(province: Division, city: string, district: string, divisions: Divisions): DivisionCheck {
  const own = province.children.flatMap((c) => c.children);
  const isSelf = city === '' || NOT_A_CITY.has(city) || divisions.province(city) === province;
  const wanted = isSelf ? district : city; // 北京市 / 朝阳区 / 三里屯街道
  if (!isSelf && !findIn(own, city)) return strangeCity(province, city, district, divisions);
  if (wanted === '') return { problems: [required('district')], doubts: [] };
  return judgeDistrict(own, wanted, divisions, { province: province.name, city: province.name, district: '' });
}

function inProvince(province: Division, city: string, district: string, divisions: Divisions): DivisionCheck {
  const own = divisions.cities(city).find((c) => c.parent === province);
  if (own) {
    const place = { province: province.name, city: own.name, district: '' };
    if (lacksDistricts(own)) return { problems: [], doubts: [], normalised: { ...place, district } };
    if (district === '') return { problems: [required('district')], doubts: [] };
    return judgeDistrict(own.children, district, divisions, place);
  }
  const counties = province.children.flatMap((c) => c.children);
  // 浙江省 / 义乌市 / 稠城街道, 湖北省 / 仙桃市: a county-level city stands where the city is written.
  const county = city === '' || NOT_A_CITY.has(city) ? undefined : findIn(counties, city);
  if (county) return ofCounty(county, district, divisions);
  if (city !== '' && !NOT_A_CITY.has(city)) return strangeCity(province, city, district, divisions);
  const direct = findIn(
    province.children.filter(isCollective).flatMap((c) => c.children),
    district,
  );
  if (direct) return { problems: [], doubts: [], normalised: placeOf(direct) };
  const missing = [...(city === '' ? [required('city')] : []), ...(district === '' ? [required('district')] : [])];
  return missing.length > 0 ? { problems: missing, doubts: [] } : doubtful();
}

function ofCounty(county: Division, district: string, divisions: Divisions): DivisionCheck {
  const normalised = placeOf(county);
  if (
    district === '' ||
    findIn([county], district) ||
    !COUNTRY_LEVEL.test(district) ||
    divisions.districts(district).length === 0
  )
    return { problems: [], doubts: [], normalised };
  return mismatch('district', district, divisions.districts(district));
}

/** A city that is not of the province: another's, or nobody's. */
function strangeCity(province: Division, city: string, district: string, divisions: Divisions): DivisionCheck {
  const elsewhere = [...divisions.cities(city), ...(COUNTRY_LEVEL.test(city) ? divisions.districts(city) : [])];
  const more = district === '' ? [required('district')] : [];
  if (elsewhere.length === 0) return { problems: more, doubts: [ADDRESS_HOLD] };
  const wrong = mismatch('city', city, elsewhere, province.name);
  return { ...wrong, problems: [...wrong.problems, ...more] };
}

function judgeDistrict(own: readonly Division[], district: string, divisions: Divisions, place: Place): DivisionCheck {
  const known = findIn(own, district);
  if (known) return { problems: [], doubts: [], normalised: { ...place, district: known.name } };
  if (ZONE.test(district)) return { problems: [], doubts: [], normalised: { ...place, district } };
  const elsewhere = COMMON.has(district) || !COUNTRY_LEVEL.test(district) ? [] : divisions.districts(district);
  if (elsewhere.length > 0) return mismatch('district', district, elsewhere, place.city);
  return { problems: [], doubts: [ADDRESS_HOLD], normalised: { ...place, district } };
}

/** By its full name, by its short one whatever kind it is said to be (萧山市 became 萧山区), or as the beginning of more. */
function findIn(own: readonly Division[], name: string): Division | undefined {
  if (name.length < 2) return undefined;
  return (
    own.find((d) => d.name === name) ??
    own.find((d) => d.short === name) ??
    own.find((d) => COUNTRY_LEVEL.test(name) && d.short.length >= 2 && d.short === name.slice(0, -1)) ??
    (TOWN.test(name) || name.length > 4 ? own.find((d) => name.startsWith(d.name)) : undefined)
  );
}

function mismatch(field: keyof Place, name: string, elsewhere: readonly Division[], given = ''): DivisionCheck {
  const belongsTo = [...new Set(elsewhere.map((d) => fullName(d.parent)))].slice(0, 3).join('、');
  return {
    problems: [{ path: `shipTo.${field}`, code: 'division_mismatch', facts: { name, given, belongsTo } }],
    doubts: [],
  };
}

const fullName = (division: Division | undefined): string => {
  if (!division) return '';
  const { province, city } = placeOf(division);
  return province === city ? province : `${province}${isCollective(division) ? '' : city}`;
};
