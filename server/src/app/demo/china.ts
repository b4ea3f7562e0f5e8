/** Places, names and telephone numbers for made-up Chinese orders. The places exist; the people do not. */
export type Place = { province: string; city: string; district: string };

const PLACES: readonly (readonly [string, string, string])[] = [
  ['北京市', '北京市', '朝阳区 海淀区 西城区 丰台区 通州区'],
  ['上海市', '上海市', '浦东新区 徐汇区 静安区 闵行区 杨浦区'],
  ['天津市', '天津市', '和平区 南开区 滨海新区'],
  ['重庆市', '重庆市', '渝中区 江北区 沙坪坝区'],
  ['广东省', '广州市', '天河区 越秀区 海珠区 番禺区'],
  ['广东省', '深圳市', '南山区 福田区 宝安区 龙岗区'],
  ['广东省', '佛山市', '禅城区 南海区 顺德区'],
  ['浙江省', '杭州市', '西湖区 余杭区 滨江区 萧山区'],
  ['浙江省', '宁波市', '海曙区 鄞州区 江北区'],
  ['江苏省', '南京市', '玄武区 鼓楼区 江宁区'],
  ['江苏省', '苏州市', '姑苏区 吴中区 虎丘区'],
  ['四川省', '成都市', '锦江区 武侯区 青羊区 高新区'],
  ['湖北省', '武汉市', '武昌区 江汉区 洪山区'],
  ['陕西省', '西安市', '雁塔区 碑林区 未央区'],
  ['山东省', '青岛市', '市南区 崂山区 黄岛区'],
  ['山东省', '济南市', '历下区 市中区 槐荫区'],
  ['湖南省', '长沙市', '岳麓区 芙蓉区 雨花区'],
  ['福建省', '厦门市', '思明区 湖里区 集美区'],
  ['河南省', '郑州市', '金水区 二七区 中原区'],
  ['辽宁省', '大连市', '中山区 沙河口区 甘井子区'],
  ['云南省', '昆明市', '五华区 盘龙区 官渡区'],
  ['安徽省', '合肥市', '蜀山区 庐阳区 包河区'],
];
const ROADS = [
  '人民路',
  '中山路',
  '解放路',
  '建设大道',
  '文化路',
  '滨江路',
  '学府街',
  '光明路',
  '和平街',
  '长江路',
  '科技园南路',
  '新华路',
];
const SURNAMES = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕';
const GIVEN = [
  '伟',
  '芳',
  '娜',
  '敏',
  '静',
  '丽',
  '强',
  '磊',
  '军',
  '洋',
  '勇',
  '艳',
  '杰',
  '娟',
  '涛',
  '明',
  '超',
  '秀英',
  '霞',
  '平',
  '刚',
  '桂英',
  '子涵',
  '欣怡',
  '宇轩',
  '浩然',
  '雨桐',
  '思远',
  '嘉怡',
  '晓东',
  '文静',
  '志强',
];
const REMARKS = [
  '请在工作日送货',
  '周末在家',
  '放驿站即可',
  '不要打电话，发短信',
  '送礼用，请包好一点',
  '尽快发货，谢谢',
];

/** Numbers from a seed: the same seed gives the same shop. */
export type Dice = {
  next(): number;
  int(max: number): number;
  pick<T>(from: readonly T[]): T;
  chance(p: number): boolean;
};

/** Mulberry32: small, even enough for a demonstration, and the same everywhere. */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (max: number): number => Math.floor(next() * max);
  return { next, int, pick: (from) => from[int(from.length)] as never, chance: (p) => next() < p };
}

export type Person = {
  name: string;
  phone: string;
  shipTo: { name: string; phone: string; province: string; city: string; district: string; address: string };
};

/** A made-up person with an address. The telephone number is of a form in use, made at random. */
export function somebody(d: Dice): Person {
  const name = SURNAMES[d.int(SURNAMES.length)] + d.pick(GIVEN);
  const phone = `1${d.pick(['38', '39', '50', '59', '77', '86', '35', '91'])}${String(d.int(100_000_000)).padStart(8, '0')}`;
  const [province, city, districts] = d.pick(PLACES);
  const address = `${d.pick(ROADS)}${1 + d.int(300)}号${1 + d.int(20)}栋${1 + d.int(30)}0${1 + d.int(4)}室`;
  return { name, phone, shipTo: { name, phone, province, city, district: d.pick(districts.split(' ')), address } };
}

export const someRemark = (d: Dice): string | undefined => (d.chance(0.2) ? d.pick(REMARKS) : undefined);

/** How many of a day's orders come in each hour, local time: quiet at night, busy at noon and in the evening. */
export const HOURLY: readonly number[] = [
  14, 8, 4, 3, 2, 3, 7, 15, 30, 48, 60, 58, 52, 50, 52, 50, 48, 46, 50, 62, 74, 78, 60, 34,
];
