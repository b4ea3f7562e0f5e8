/** A province, city or district of the official list: six digits of code, and what is under it. */
export type DivisionTree = readonly { code: string; name: string; children?: DivisionTree | undefined }[];

export type Division = {
  readonly code: string;
  readonly name: string;
  /** The name without what kind of division it is, as people write it: 浙江, 杭州, 西湖. */
  readonly short: string;
  readonly parent: Division | undefined;
  readonly children: readonly Division[];
};

const PEOPLES =
  '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 各';
const PEOPLE = new RegExp(`(?:(?:${PEOPLES.replaceAll(' ', '|')})族|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克|维吾尔)$`, 'u');
const AUTONOMOUS = /自治[区州县旗]$/u;
const KIND = /(?:特别行政区|省|市|地区|盟|林区|特区|新区|区|县|旗)$/u;

/** 延边朝鲜族自治州 → 延边, 浙江省 → 浙江, 忠县 → 忠县: never less than two characters. */
export function shortOf(name: string): string {
  let short = name;
  if (AUTONOMOUS.test(short)) {
    short = short.replace(AUTONOMOUS, '');
    for (let left = short.replace(PEOPLE, ''); left !== short && left.length >= 2; left = short.replace(PEOPLE, ''))
      short = left;
    if (short === '') return name;
    return short;
  }
  const left = name.replace(KIND, '');
  return left.length >= 2 ? left : name;
}

/** How programs and people call what the list has no name for, or another. */
const PROVINCES_ALSO: Readonly<Record<string, string>> = {
  内蒙: '内蒙古自治区',
  广西省: '广西壮族自治区',
  澳門: '澳门特别行政区',
};
const CITIES_ALSO: Readonly<Record<string, string>> = {
  襄樊: '襄阳市',
  襄樊市: '襄阳市',
  思茅市: '普洱市',
  伊犁州: '伊犁哈萨克自治州',
};
/** Cities without districts: the third level is a town there, or nothing. */
const WITHOUT_DISTRICTS = new Set(['东莞市', '中山市', '儋州市', '嘉峪关市', '三沙市']);

const add = <T>(map: Map<string, T[]>, key: string, value: T): void => {
  const known = map.get(key);
  if (!known) map.set(key, [value]);
  else if (!known.includes(value)) known.push(value);
};

/** The administrative divisions, found by any name people use for them. Built once: it does not change. */
export class Divisions {
  readonly provinces: readonly Division[];
  readonly #provinces = new Map<string, Division>();
  readonly #cities = new Map<string, Division[]>();
  readonly #districts = new Map<string, Division[]>();

  constructor(tree: DivisionTree) {
    this.provinces = grow(tree, undefined);
    for (const province of this.provinces) {
      for (const name of [province.name, province.short, `${province.short}省`, `${province.short}市`])
        this.#provinces.set(name, province);
      for (const city of province.children) this.#addCity(city);
    }
    for (const [name, of] of Object.entries(PROVINCES_ALSO)) {
      const known = this.#provinces.get(of);
      if (known) this.#provinces.set(name, known);
    }
    for (const [name, of] of Object.entries(CITIES_ALSO))
      for (const known of this.#cities.get(of) ?? []) add(this.#cities, name, known);
  }

  #addCity(city: Division): void {
    if (!isCollective(city)) for (const name of namesOf(city)) add(this.#cities, name, city);
    for (const district of city.children) for (const name of namesOf(district)) add(this.#districts, name, district);
  }

  province(name: string): Division | undefined {
    return this.#provinces.get(name);
  }

  /** The longest name of a province, of cities, or of districts that stands in a text at a place. */
  provinceAt(text: string, at: number): { is: Division; length: number } | undefined {
    return longest(text, at, (name) => this.#provinces.get(name));
  }
  citiesAt(text: string, at: number): { is: readonly Division[]; length: number } | undefined {
    return longest(text, at, (name) => this.#cities.get(name));
  }
  districtsAt(text: string, at: number): { is: readonly Division[]; length: number } | undefined {
    return longest(text, at, (name) => this.#districts.get(name));
  }

  /** Every city of the name; a municipality is its own city. */
  cities(name: string): readonly Division[] {
    return this.#cities.get(name) ?? [];
  }

  /** Every district, county and county-level city of the name. */
  districts(name: string): readonly Division[] {
    return this.#districts.get(name) ?? [];
  }
}

const NAME_CHARS_MAX = 16;

function longest<T>(
  text: string,
  at: number,
  find: (name: string) => T | undefined,
): { is: T; length: number } | undefined {
  for (let length = Math.min(NAME_CHARS_MAX, text.length - at); length >= 2; length -= 1) {
    const is = find(text.slice(at, at + length));
    if (is !== undefined) return { is, length };
  }
  return undefined;
}

/** 大理白族自治州 is 大理州, 大理 and, to some programs, 大理市. */
function namesOf({ name, short }: Division): string[] {
  if (short === name) return [name];
  const kinds = name.endsWith('自治州')
    ? ['州', '市']
    : name.endsWith('自治县')
      ? ['县']
      : /(?:盟|地区)$/u.test(name)
        ? ['市']
        : [];
  return [name, short, ...kinds.map((kind) => short + kind)];
}

function grow(tree: DivisionTree, parent: Division | undefined): Division[] {
  return tree.map((t) => {
    const children: Division[] = [];
    const made: Division = { code: t.code, name: t.name, short: shortOf(t.name), parent, children };
    children.push(...grow(t.children ?? [], made));
    return made;
  });
}

/** 省直辖县级行政区划: not a city, but what holds the counties that belong to the province itself. */
export const isCollective = (city: Division): boolean =>
  /^\d{2}(?:90|02)00$/.test(city.code) && KIND_OF_MANY.test(city.name);
const KIND_OF_MANY = /直辖县级行政区划$|^县$/u;

/** Beijing, Tianjin, Shanghai, Chongqing: province and city in one. */
export const isMunicipality = (province: Division): boolean =>
  ['11', '12', '31', '50'].includes(province.code.slice(0, 2));

/** Hong Kong, Macau and Taiwan: the list ends at the province. */
export const isUnlisted = (province: Division): boolean => province.children.length === 0;

export const lacksDistricts = (city: Division): boolean =>
  city.children.length === 0 || WITHOUT_DISTRICTS.has(city.name);

/** The city of a district as it is written in an address: for what a province administers itself, its own name. */
export function placeOf(division: Division): { province: string; city: string; district: string } {
  const city = division.parent;
  const province = city?.parent;
  if (!city) return { province: division.name, city: isMunicipality(division) ? division.name : '', district: '' };
  if (!province) return { province: city.name, city: division.name, district: '' };
  if (isMunicipality(province)) return { province: province.name, city: province.name, district: division.name };
  return { province: province.name, city: isCollective(city) ? division.name : city.name, district: division.name };
}
