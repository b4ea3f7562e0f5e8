import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { portal, portalPass } from '../../api/portal.ts';
import { useT } from '../../ui/i18n.ts';
import { go } from '../location.ts';
import { ProblemNote } from '../problem-note.tsx';

/** Order number and phone, whole or its last four digits, open one order. */
export default function FindOrder() {
  const t = useT();
  const queries = useQueryClient();
  const given = new URLSearchParams(window.location.search).get('orderNo') ?? '';
  const [orderNo, setOrderNo] = useState(given);
  const [phone, setPhone] = useState('');
  const find = useMutation({
    mutationFn: () => portal.find(orderNo.trim(), phone.replace(/[\s-]/g, '')),
    onSuccess: (pass) => {
      portalPass.set(pass);
      queries.clear();
      go('/portal/order');
    },
  });
  return (
    <form
      className="zp-card zp-form"
      onSubmit={(event) => {
        event.preventDefault();
        find.mutate();
      }}
    >
      <h1>{t('portal.find')}</h1>
      <p className="muted">{t('portal.findSays')}</p>
      <label>
        {t('portal.orderNo')}
        <input
          value={orderNo}
          onChange={(event) => setOrderNo(event.target.value)}
          required
          maxLength={64}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
        />
      </label>
      <label>
        {t('portal.phone')}
        <input
          value={phone}
          onChange={(event) => setPhone(event.target.value)}
          required
          inputMode="tel"
          maxLength={20}
          autoComplete="tel"
        />
        <small className="muted">{t('portal.phoneSays')}</small>
      </label>
      <ProblemNote error={find.error} />
      <button type="submit" className="zp-button" disabled={find.isPending}>
        {t(find.isPending ? 'ui.loading' : 'portal.open')}
      </button>
    </form>
  );
}
