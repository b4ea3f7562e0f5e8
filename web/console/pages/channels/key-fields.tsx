import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Radio, Select } from 'antd';
import type { PaymentChannel } from '../../../api/types.ts';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { METHODS } from './channel-form.ts';

const PUBLIC_KEYS_MAX = 2;

type Name = (string | number)[];

/** A key or certificate that is pasted whole. */
function PemField({ name, label, extra }: { name: Name; label: string; extra?: string }) {
  return (
    <Form.Item name={name} label={label} extra={extra}>
      <Input.TextArea
        className="mono"
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={8_000}
        spellCheck={false}
        placeholder="-----BEGIN …"
      />
    </Form.Item>
  );
}

/** A secret: it can be typed, and never be read again. What is left empty stays as it is. */
function SecretField({ name, account, lines }: { name: string; account: PaymentChannel | undefined; lines?: boolean }) {
  const t = useT();
  const word = useWord();
  const setAt = account?.secrets.find((s) => s.name === name)?.setAt;
  const placeholder = t(setAt ? 'channel.keepSecret' : 'channel.typeSecret');
  return (
    <Form.Item
      name={['secrets', name]}
      label={word('channelSecret', name)}
      extra={
        setAt ? (
          <>
            {t('channel.secretSet')} <TimeText at={setAt} />
          </>
        ) : (
          t('channel.secretNotSet')
        )
      }
    >
      {lines ? (
        <Input.TextArea
          className="mono"
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={8_000}
          spellCheck={false}
          autoComplete="off"
          placeholder={placeholder}
        />
      ) : (
        <Input.Password maxLength={64} autoComplete="new-password" placeholder={placeholder} />
      )}
    </Form.Item>
  );
}

/** By which ways payers are asked. */
function MethodsField({ channel }: { channel: string }) {
  const t = useT();
  const word = useWord();
  return (
    <Form.Item name={['config', 'methods']} label={t('channel.methods')} extra={t('channel.methodsSay')}>
      <Select
        mode="multiple"
        options={(METHODS[channel] ?? []).map((value) => ({ value, label: word('payMethod', value) }))}
      />
    </Form.Item>
  );
}

/** WeChat Pay's public keys: the old and the new one hold at once while it changes over. */
function PublicKeys() {
  const t = useT();
  return (
    <Form.List name={['config', 'publicKeys']}>
      {(fields, { add, remove }) => (
        <div className="stack tight">
          {fields.map((field) => (
            <div key={field.key} className="zg-panel-body" style={{ border: '1px solid var(--line)', borderRadius: 8 }}>
              <Form.Item name={[field.name, 'id']} label={t('channel.publicKeyId')}>
                <Input className="mono" maxLength={80} placeholder="PUB_KEY_ID_…" />
              </Form.Item>
              <PemField name={[field.name, 'pem']} label={t('channel.publicKey')} />
              {fields.length > 1 && (
                <Button size="small" icon={<DeleteOutlined />} onClick={() => remove(field.name)}>
                  {t('channel.removePublicKey')}
                </Button>
              )}
            </div>
          ))}
          {fields.length < PUBLIC_KEYS_MAX && (
            <Button icon={<PlusOutlined />} onClick={() => add({ id: '', pem: '' })} style={{ alignSelf: 'start' }}>
              {t('channel.addPublicKey')}
            </Button>
          )}
        </div>
      )}
    </Form.List>
  );
}

/** The certificate and key that come next; both pairs hold meanwhile. */
function NextPair({ account }: { account: PaymentChannel | undefined }) {
  const t = useT();
  return (
    <>
      <h3 className="zg-form-part">{t('channel.next')}</h3>
      <p className="muted">{t('channel.nextSays')}</p>
      <PemField name={['config', 'nextCertificate']} label={t('channel.nextCertificate')} />
      <SecretField name="nextPrivateKey" account={account} lines />
    </>
  );
}

/** What an account at WeChat Pay needs. */
function WechatFields({ account }: { account: PaymentChannel | undefined }) {
  const t = useT();
  const mode = Form.useWatch(['config', 'mode']);
  return (
    <>
      <Form.Item name={['config', 'mchid']} label={t('channel.mchid')}>
        <Input maxLength={12} inputMode="numeric" className="mono" />
      </Form.Item>
      <Form.Item name={['config', 'appid']} label="AppID">
        <Input maxLength={32} className="mono" placeholder="wx…" />
      </Form.Item>
      <MethodsField channel="wechat" />
      <PemField
        name={['config', 'certificate']}
        label={t('channel.certificate')}
        extra={t('channel.certificateSays')}
      />
      <SecretField name="privateKey" account={account} lines />
      <SecretField name="apiV3Key" account={account} />
      <Form.Item name={['config', 'mode']} label={t('channel.mode')} extra={t('channel.modeSays')}>
        <Radio.Group
          optionType="button"
          options={['public_key', 'certificate'].map((value) => ({ value, label: t(`channel.mode.${value}`) }))}
        />
      </Form.Item>
      {mode !== 'certificate' && <PublicKeys />}
      <NextPair account={account} />
    </>
  );
}

/** What an account at Alipay needs. */
function AlipayFields({ account }: { account: PaymentChannel | undefined }) {
  const t = useT();
  return (
    <>
      <Form.Item name={['config', 'appId']} label="APPID">
        <Input maxLength={20} inputMode="numeric" className="mono" />
      </Form.Item>
      <Form.Item name={['config', 'sellerId']} label={t('channel.sellerId')} extra={t('channel.sellerIdSays')}>
        <Input maxLength={16} inputMode="numeric" className="mono" placeholder="2088…" />
      </Form.Item>
      <MethodsField channel="alipay" />
      <SecretField name="privateKey" account={account} lines />
      <PemField
        name={['config', 'alipayPublicKey']}
        label={t('channel.alipayPublicKey')}
        extra={t('channel.alipayPublicKeySays')}
      />
      <h3 className="zg-form-part">{t('channel.next')}</h3>
      <p className="muted">{t('channel.nextAlipaySays')}</p>
      <PemField name={['config', 'nextAlipayPublicKey']} label={t('channel.nextAlipayPublicKey')} />
      <SecretField name="nextPrivateKey" account={account} lines />
    </>
  );
}

/** What an account at UnionPay needs. */
function UnionpayFields({ account }: { account: PaymentChannel | undefined }) {
  const t = useT();
  return (
    <>
      <Form.Item name={['config', 'merId']} label={t('channel.merId')} extra={t('channel.merIdSays')}>
        <Input maxLength={15} inputMode="numeric" className="mono" />
      </Form.Item>
      <Form.Item name={['config', 'environment']} label={t('channel.environment')}>
        <Radio.Group
          optionType="button"
          options={['production', 'test'].map((value) => ({ value, label: t(`channel.environment.${value}`) }))}
        />
      </Form.Item>
      <MethodsField channel="unionpay" />
      <PemField name={['config', 'certificate']} label={t('channel.ownCertificate')} extra={t('channel.pfxSays')} />
      <SecretField name="privateKey" account={account} lines />
      <PemField name={['config', 'trusted']} label={t('channel.trusted')} extra={t('channel.trustedSays')} />
      <NextPair account={account} />
    </>
  );
}

/** What an account needs, by channel. */
export const KEY_FIELDS: Readonly<
  Record<string, (props: { account: PaymentChannel | undefined }) => React.JSX.Element>
> = { wechat: WechatFields, alipay: AlipayFields, unionpay: UnionpayFields };
