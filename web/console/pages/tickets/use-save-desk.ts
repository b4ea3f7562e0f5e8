import { App } from 'antd';
import { client } from '../../../api/instance.ts';
import type { SupportSettings } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { useErrorTitle } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';

type Values = SupportSettings['values'];

/** Saves some of the desk's values; what was changed by others meanwhile is not overwritten. */
export function useSaveDesk(version: number) {
  const { message } = App.useApp();
  const t = useT();
  const title = useErrorTitle();
  return useSubmit((values: Partial<Values>) => client.put('/support-settings', { body: { values }, version }), {
    onSuccess: () => void message.success(t('desk.saved')),
    onError: (error) => void message.error(title(error)),
  });
}
