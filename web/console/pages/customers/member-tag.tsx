import { CrownFilled } from '@ant-design/icons';
import { Tag } from 'antd';
import type { MemberLevel } from '../../../api/types.ts';
import { useLocale, useT } from '../../../ui/i18n.ts';

/** A customer's level in its colour; a crown for those on the VIP channel. */
export function MemberTag({ level }: { level: MemberLevel }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Tag
      variant="outlined"
      color={level.color}
      {...(level.vip ? { icon: <CrownFilled aria-label={t('customer.vip')} /> } : {})}
      style={{ marginInlineEnd: 0 }}
    >
      {level.name[locale]}
    </Tag>
  );
}

/** Marks customers of the VIP channel, and nobody else, where space is short. */
export function VipMark({ level }: { level: MemberLevel | null | undefined }) {
  return level?.vip ? <MemberTag level={level} /> : null;
}
