import { type Label, type Probe, rank } from '../../engine/detector.ts';
import { announces, begins, contains } from '../rule.ts';

export const mailRules = [
  // https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys
  begins('sendgrid/key', 'SENDGRIDKEY', 'SG.', /[\w-]{16,32}\.[\w-]{16,64}/),
  // https://documentation.mailgun.com/docs/mailgun/api-reference/mg-auth
  begins('mailgun/key', 'MAILGUNKEY', ['key-', 'pubkey-'], /[0-9a-f]{32}(?![0-9a-f])/),
  // https://mailchimp.com/developer/marketing/guides/quick-start/: the data centre follows the key
  contains('mailchimp/key', 'MAILCHIMPKEY', '-us', /[0-9a-f]{32}-us\d{1,2}/),
  begins('mailchimp/transactional-key', 'MAILCHIMPKEY', 'md-', /[\w-]{22}(?![\w-])/),
  // https://developers.brevo.com/docs/getting-started
  begins('brevo/key', 'BREVOKEY', ['xkeysib-', 'xsmtpsib-'], /[0-9a-f]{64}-[0-9A-Za-z]{16}/),
  // https://resend.com/docs/api-reference/introduction
  begins('resend/key', 'RESENDKEY', 're_', /[0-9A-Za-z]{8}_[0-9A-Za-z]{20,}/),
  // https://www.twilio.com/docs/iam/api-keys and https://www.twilio.com/docs/iam/access-tokens
  begins('twilio/key', 'TWILIOKEY', ['SK'], /[0-9a-f]{32}(?![0-9a-fA-F])/),
  begins('twilio/account', 'TWILIOACCOUNT', ['AC'], /[0-9a-f]{32}(?![0-9a-fA-F])/),
  announces('twilio/token', 'TWILIOTOKEN', 'twilio', /[0-9a-f]{32}/),
  // https://postmarkapp.com/developer/api/overview, https://dev.mailjet.com, https://developers.sparkpost.com/api/
  announces('postmark/token', 'POSTMARKTOKEN', 'postmark', /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i),
  announces('mailjet/key', 'MAILJETKEY', ['mailjet', 'mj_api'], /[0-9a-f]{32}/),
  announces('sparkpost/key', 'SPARKPOSTKEY', 'sparkpost', /[0-9a-f]{40}/),
  announces('vonage/secret', 'VONAGESECRET', ['nexmo', 'vonage'], {
    body: /[0-9A-Za-z]{16}/,
    check: (value) => /\d/.test(value) && /[a-z]/i.test(value),
  }),
  announces(
    'messagebird/key',
    'MESSAGEBIRDKEY',
    ['messagebird', 'message_bird', 'message-bird'],
    /[0-9A-Za-z]{25}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/,
  ),
  announces('plivo/token', 'PLIVOTOKEN', 'plivo', /[0-9A-Za-z]{40}/),
  // https://developers.telnyx.com/docs/development/authentication
  begins('telnyx/key', 'TELNYXKEY', 'KEY', /[0-9A-F]{32}_[0-9A-Za-z]{22}/),
  // https://developers.klaviyo.com/en/docs/retrieve_api_credentials
  begins('klaviyo/key', 'KLAVIYOKEY', 'pk_', /(?:[0-9A-Za-z]{6}_)?[0-9a-f]{34}/),
  begins('mailersend/token', 'MAILERSENDTOKEN', 'mlsn.', /[0-9a-f]{64}/),
  begins('onesignal/key', 'ONESIGNALKEY', ['os_v2_app_', 'os_v2_org_'], /[0-9a-z]{40,}/),
  announces('beamer/key', 'BEAMERKEY', 'beamer', /b_[\w=-]{44}/),
  begins('loops/key', 'LOOPSKEY', 'loops_', /[0-9a-f]{32}/),
  announces('sendbird/token', 'SENDBIRDTOKEN', 'sendbird', /[0-9a-f]{40}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i),
];

const MAILGUN: Label = { type: 'MAILGUNKEY', kind: 'credential', rule: 'mailgun/new-key', rank: rank.format };

/** Mailgun's newer keys have no beginning of their own, but no other thing has their three lengths of hex. */
export function mailgunRun({ text, report }: Probe, start: number, end: number): void {
  if (end - start !== 50 || text.charCodeAt(start + 32) !== 0x2d) return;
  if (/^[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}$/.test(text.slice(start, end))) report(start, end, MAILGUN);
}
