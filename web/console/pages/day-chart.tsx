import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use as register, type ECharts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { Dashboard } from '../../api/types.ts';
import { formatMoney } from '../../ui/format/money.ts';
import { useLocale, useT } from '../../ui/i18n.ts';
import { useThemeMode } from '../../ui/theme-mode.ts';

register([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

const cssColour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

type Props = { series: Dashboard['series']; currency: string };

function useOption({ series, currency }: Props) {
  const t = useT();
  const locale = useLocale();
  const amountOf = (point: Dashboard['series'][number]) =>
    typeof point.amount === 'number' ? point.amount : point.amount.amount;
  const colours = {
    line: cssColour('--line'),
    muted: cssColour('--muted'),
    brand: cssColour('--brand'),
    seal: cssColour('--seal'),
  };
  const hour = (text: string) => (text.length > 5 ? `${String(new Date(text).getHours()).padStart(2, '0')}:00` : text);
  return {
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    color: [colours.brand, colours.seal],
    grid: { left: 44, right: 76, top: 40, bottom: 28 },
    legend: { top: 0, left: 0, itemGap: 24, textStyle: { color: colours.muted } },
    tooltip: {
      trigger: 'axis',
      backgroundColor: cssColour('--surface'),
      borderColor: colours.line,
      textStyle: { color: cssColour('--text') },
    },
    xAxis: {
      type: 'category',
      data: series.map((point) => hour(point.hour)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.line } },
      axisLabel: { color: colours.muted },
    },
    yAxis: [
      {
        type: 'value',
        minInterval: 1,
        splitLine: { lineStyle: { color: colours.line } },
        axisLabel: { color: colours.muted },
      },
      {
        type: 'value',
        splitLine: { show: false },
        axisLabel: {
          color: colours.muted,
          formatter: (amount: number) => formatMoney({ amount, currency }, locale).replace(/\.00$/, ''),
        },
      },
    ],
    series: [
      {
        name: t('home.orders'),
        type: 'bar',
        data: series.map((point) => point.orders),
        barMaxWidth: 18,
        itemStyle: { borderRadius: [3, 3, 0, 0] },
      },
      {
        name: t('home.amount'),
        type: 'line',
        yAxisIndex: 1,
        smooth: true,
        showSymbol: false,
        data: series.map(amountOf),
        tooltip: { valueFormatter: (amount: unknown) => formatMoney({ amount: Number(amount), currency }, locale) },
      },
    ],
  };
}

/** Orders and turnover of the day, hour by hour; drawn anew when the window, the theme or the language changes. */
export default function DayChart(props: Props) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(undefined);
  const { dark } = useThemeMode();
  const option = useOption(props);
  useEffect(() => {
    if (!box.current) return;
    const made = init(box.current, null, { renderer: 'svg' });
    chart.current = made;
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => chart.current?.setOption(option), [option, dark]);
  return <div ref={box} role="img" aria-label={t('home.chart')} style={{ height: 340, width: '100%' }} />;
}
