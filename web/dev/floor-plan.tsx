import { createRoot } from 'react-dom/client';
import { loadAntdLocale, Providers } from '../console/providers.tsx';
import '../ui/base.css';
import { FloorPlan } from '../ui/components/floor-plan.tsx';
import { type FloorBin, floorOf, type FloorRoute } from '../ui/floor/plan.ts';
import { loadFonts } from '../ui/fonts.ts';
import { LOCALES, startI18n, switchLocale } from '../ui/i18n.ts';

/**
 * The floor plan alone, without a server: `npx vite web`, then /dev/floor-plan.html?lang=en&bins=5000. A route is drawn
 * when one is given in `window.floorPlanRoute` before the page loads, as the browser test does.
 */
const params = new URLSearchParams(location.search);
const AISLES = 20;
const PITCH_MM = 3_000;
const BLOCK_MM = 15_000;
const CROSS_MM = [0, BLOCK_MM, 2 * BLOCK_MM];
const BIN_MM = 1_200;

function someBins(count: number): FloorBin[] {
  const perSide = Math.floor((CROSS_MM.at(-1)! - 2_000) / BIN_MM);
  return Array.from({ length: count }, (_, i) => {
    const column = i % (AISLES * 2 * perSide);
    const side = column % (AISLES * 2);
    const along = Math.floor(column / (AISLES * 2));
    const level = Math.floor(i / (AISLES * 2 * perSide)) + 1;
    const aisle = side >> 1;
    return {
      code: `${String.fromCodePoint(65 + Math.floor(aisle / 5))}${String(aisle + 1).padStart(2, '0')}-${along + 1}-${level}`,
      xMm: aisle * PITCH_MM + (side % 2 === 0 ? -900 : 900),
      yMm: 1_000 + along * BIN_MM + (along * BIN_MM >= BLOCK_MM - 2_000 ? 1_000 : 0),
      zone: ['A 常温', 'B 常温', 'C 冷藏', 'D 高值'][Math.floor(aisle / 5)],
      fill: ((i * 7_919) % 101) / 100,
    };
  });
}

declare global {
  interface Window {
    floorPlanRoute?: FloorRoute;
  }
}

const floor = floorOf({
  aislesMm: Array.from({ length: AISLES }, (_, i) => i * PITCH_MM),
  crossAislesMm: CROSS_MM,
  depot: { aisle: 3, end: 'front' },
});
const bins = someBins(Number(params.get('bins') ?? 3_000));

await startI18n(async (locale) => {
  const [words] = await Promise.all([
    locale === 'en' ? import('../ui/i18n/en.json') : import('../ui/i18n/zh-CN.json'),
    loadAntdLocale(locale),
  ]);
  return [words.default];
});
const wanted = LOCALES.find((locale) => locale === params.get('lang'));
if (wanted) await switchLocale(wanted);
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <Providers>
      <main style={{ padding: 16 }}>
        <FloorPlan floor={floor} bins={bins} route={window.floorPlanRoute} />
      </main>
    </Providers>,
  );
}
loadFonts();
