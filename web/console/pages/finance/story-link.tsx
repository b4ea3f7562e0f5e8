import { Link } from '@tanstack/react-router';
import { Tooltip } from 'antd';
import { useT } from '../../../ui/i18n.ts';

/** A number of money, leading to its whole story. */
export function StoryLink({ number }: { number: string }) {
  const t = useT();
  return (
    <Tooltip title={t('story.link')}>
      <Link to="/finance/story" search={{ number } as never} className="mono nowrap">
        {number}
      </Link>
    </Tooltip>
  );
}
