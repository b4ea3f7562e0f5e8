import type { Product, Shop, StockRow, Warehouse } from '../../api/types.ts';
import { createRandom, idOf } from './random.ts';

const random = createRandom(7);
const cny = (amount: number) => ({ amount, currency: 'CNY' });

export const shops: Shop[] = [
  ['ZG-TMALL', '掌柜生活旗舰店'],
  ['ZG-JD', '掌柜自营专卖店'],
  ['ZG-DOUYIN', '掌柜优选抖音小店'],
  ['ZG-LONG', '掌柜与她的朋友们全国连锁农产品与手工艺品线上直营体验中心（华东大区第二分店）'],
].map(([code = '', name = ''], i) => ({
  id: idOf(1, i),
  code,
  name,
  currency: 'CNY',
  status: 'open',
  createdAt: '2026-01-05T02:00:00Z',
}));

export const warehouses: Warehouse[] = [
  ['SH', '上海嘉定仓', '上海市嘉定区安亭镇墨玉南路 888 号'],
  ['GZ', '广州白云仓', '广东省广州市白云区太和镇大源北路 66 号'],
  ['CD', '成都双流仓', '四川省成都市双流区航空港空港一路 12 号'],
].map(([code = '', name = '', address = ''], i) => ({
  id: idOf(2, i),
  code,
  name,
  address,
  status: 'open',
  createdAt: '2026-01-05T02:00:00Z',
}));

const NAMES: [title: string, category: string, variants: string[]][] = [
  ['五常稻花香大米', '食品/粮油', ['5kg', '10kg']],
  ['高山云雾绿茶 明前特级', '食品/茶叶', ['100g 罐装', '250g 礼盒']],
  ['陕西洛川红富士苹果', '食品/生鲜', ['5 斤装', '10 斤装']],
  ['新疆阿克苏薄皮核桃', '食品/坚果', ['500g', '1000g']],
  ['手工桂花酱', '食品/调味', ['220g']],
  [
    '全棉四件套 高支高密长绒棉贡缎酒店风床上用品被套床单枕套加厚保暖秋冬款',
    '家居/床品',
    ['1.5m 床', '1.8m 床', '2.0m 床'],
  ],
  ['景德镇青花瓷茶具', '家居/茶具', ['六件套', '十件套']],
  ['不锈钢真空保温杯', '家居/水具', ['450ml 墨绿', '450ml 米白', '600ml 墨绿']],
  ['竹纤维抽纸', '日用/纸品', ['24 包', '48 包']],
  ['男士纯棉圆领 T 恤', '服饰/男装', ['M 白', 'L 白', 'XL 白', 'L 藏青']],
  ['羊绒围巾', '服饰/配饰', ['驼色', '炭灰']],
  ['桌面加湿器', '电器/小家电', ['标准版']],
];
const HUES = [12, 96, 210, 32, 150, 265, 190, 340];

const picture = (n: number, title: string) => {
  const hue = HUES[n % HUES.length] ?? 0;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><rect width="80" height="80" fill="hsl(${hue} 38% 88%)"/><circle cx="40" cy="40" r="24" fill="hsl(${hue} 42% 62%)"/><path d="M28 44 L40 ${24 + (title.length % 9)} L52 44 Z" fill="#fff" opacity=".85"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
};

export const products: Product[] = Array.from({ length: 200 }, (_, n) => {
  const [title, category, variants] = NAMES[n % NAMES.length] ?? ['', '', []];
  const series = n < NAMES.length ? '' : ` 第 ${Math.floor(n / NAMES.length) + 1} 系列`;
  const base = 900 + random.int(60_000);
  return {
    id: idOf(3, n),
    code: `P${String(1001 + n)}`,
    title: title + series,
    category,
    status: random.chance(0.92) ? 'on_sale' : 'off_sale',
    pictureUrl: picture(n, title),
    version: 1,
    updatedAt: new Date(Date.now() - random.int(90) * 86_400_000).toISOString(),
    skus: variants.map((variant, v) => ({
      sku: `P${1001 + n}-${v + 1}`,
      barcode: `69${String(12_345_000_000 + n * 10 + v)}`,
      title: variant,
      price: cny(Math.round((base * (1 + v * 0.6)) / 10) * 10),
      weightG: 200 + random.int(5000),
      reserveOn: random.chance(0.8) ? 'order' : 'payment',
      available: random.chance(0.06) ? 0 : random.int(900),
    })),
  };
});

export const skus = products.flatMap((product) =>
  product.skus.map((sku) => ({ ...sku, product, full: `${product.title} ${sku.title ?? ''}`.trim() })),
);

export const stock: StockRow[] = skus.flatMap((sku) =>
  warehouses.map((warehouse) => {
    const onHand = random.chance(0.08) ? random.int(3) : random.int(600);
    const reserved = Math.min(onHand, random.int(40));
    return {
      sku: sku.sku,
      title: sku.full,
      warehouse: warehouse.code,
      onHand,
      reserved,
      available: onHand - reserved,
      inTransit: random.chance(0.2) ? random.int(200) : 0,
      damaged: random.chance(0.1) ? random.int(5) : 0,
      frozen: 0,
    };
  }),
);
