import { Modal } from 'antd';
import { useState } from 'react';
import { useT } from '../i18n.ts';
import { useHotkeys } from '../use-hotkeys.ts';

const KEYS: readonly [keys: string[], says: string][] = [
  [['/'], 'ui.keys.search'],
  [['j', 'k'], 'ui.keys.move'],
  [['Enter'], 'ui.keys.open'],
  [['['], 'ui.keys.prev'],
  [[']'], 'ui.keys.next'],
  [['?'], 'ui.keys.help'],
];

/** The list of shortcuts, on `?`. */
export function HotkeysHelp() {
  const t = useT();
  const [open, setOpen] = useState(false);
  useHotkeys({ '?': () => setOpen(true) });
  return (
    <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t('ui.keys.title')} width={420}>
      <dl className="zg-keys">
        {KEYS.map(([keys, says]) => (
          <div key={says}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(says)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
