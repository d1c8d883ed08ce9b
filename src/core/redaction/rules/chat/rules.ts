import type { Label, Probe } from '../../engine/detector.ts';
import { announces, begins, custom } from '../rule.ts';

export const chatRules = [
  // https://docs.slack.dev/authentication/tokens
  begins(
    'slack/token',
    'SLACKTOKEN',
    ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxo-', 'xoxc-', 'xoxd-', 'xoxe-', 'xoxe.'],
    /[\w.%+/-]{10,}={0,2}/,
  ),
  begins('slack/app-token', 'SLACKTOKEN', ['xapp-', 'xwfp-'], /\d[\w-]{15,}/),
  // https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
  announces(
    'slack/webhook',
    'SLACKWEBHOOK',
    [
      'hooks.slack.com/services',
      'hooks.slack.com/workflows',
      'hooks.slack.com/triggers',
      'hooks.slack-gov.com/services',
    ],
    { body: /(?<=\/)[0-9A-Za-z]{8,}(?:\/[0-9A-Za-z]{8,}){1,3}/, reach: 2 },
  ),
  // https://discord.com/developers/docs/reference#authentication: base64 of the id, a time, an HMAC
  announces('discord/bot-token', 'DISCORDTOKEN', ['discord', 'bot ', 'token'], {
    body: /[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{25,}/,
    reach: 24,
  }),
  begins('discord/mfa-token', 'DISCORDTOKEN', 'mfa.', /[\w-]{80,}/),
  // https://discord.com/developers/docs/resources/webhook
  announces('discord/webhook', 'DISCORDWEBHOOK', 'api/webhooks', { body: /(?<=\/)\d{17,20}\/[\w-]{30,}/, reach: 2 }),
  announces('discord/client-secret', 'DISCORDSECRET', 'discord', {
    body: /[\w-]{32}/,
    check: (value) => /\d/.test(value) && /[A-Z]/.test(value) && /[a-z]/.test(value),
  }),
  // https://core.telegram.org/bots/api#authorizing-your-bot
  custom('telegram/bot-token', 'TELEGRAMTOKEN', [':aa'], telegramToken),
  // https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
  announces('teams/webhook', 'TEAMSWEBHOOK', ['webhook.office.com/webhookb2', 'outlook.office.com/webhook'], {
    body: /(?<=\/)[\w@-]{36,}\/IncomingWebhook\/[\w-]{20,}(?:\/[\w-]{20,}){0,2}/i,
    reach: 2,
  }),
  // https://developers.google.com/workspace/chat/quickstart/webhooks
  announces('google/chat-webhook', 'GOOGLECHATWEBHOOK', 'chat.googleapis.com/v1/spaces', {
    body: /(?<=token=)[\w%-]{20,}/,
    reach: 120,
  }),
  // https://help.zapier.com/hc/en-us/articles/8496288690317
  announces('zapier/webhook', 'ZAPIERWEBHOOK', 'hooks.zapier.com/hooks/catch', {
    body: /(?<=\/)\d{4,10}\/[0-9A-Za-z]{5,}/,
    reach: 2,
  }),
  // https://developers.mattermost.com/integrate/reference/personal-access-token/
  announces('mattermost/token', 'MATTERMOSTTOKEN', ['mattermost'], {
    body: /[0-9a-z]{26}/,
    check: (value) => /\d/.test(value) && /[a-z]/.test(value),
  }),
  // https://dev.twitch.tv/docs/authentication
  begins('twitch/token', 'TWITCHTOKEN', 'oauth:', /[0-9a-z]{30}/),
  announces('twitch/secret', 'TWITCHTOKEN', 'twitch', { body: /[0-9a-z]{30}/, check: (value) => /\d/.test(value) }),
  // https://developers.facebook.com/docs/facebook-login/guides/access-tokens
  begins(
    'meta/token',
    'METATOKEN',
    ['EAAC', 'EAAG', 'EAAD', 'EAAB', 'EAAJ', 'EAAE', 'EAAF', 'EAAH', 'EAAI', 'EAAM', 'EAAP'],
    /[0-9A-Za-z]{60,}/,
  ),
  begins('meta/instagram-token', 'METATOKEN', ['IGQV', 'IGAA', 'IGQW'], /[\w-]{60,}/),
  announces('meta/app-secret', 'METASECRET', ['facebook', 'instagram', 'fb_', 'meta_app'], /[0-9a-f]{32}/),
  begins('meta/app-token', 'METATOKEN', ['access_token='], /\d{13,17}(?:\||%7C)[\w-]{20,}/),
  // https://docs.x.com/resources/fundamentals/authentication/oauth-2-0/bearer-tokens
  begins('x/bearer', 'TWITTERTOKEN', 'AAAAAAAAAAAAAAAAAAAA', /[\w%-]{60,}/),
  announces(
    'x/access-token',
    'TWITTERTOKEN',
    ['twitter', 'access_token', 'accesstoken', 'access token'],
    /\d{6,20}-[0-9A-Za-z]{30,50}/,
  ),
  announces('x/secret', 'TWITTERSECRET', 'twitter', {
    body: /[0-9A-Za-z]{25}|[0-9A-Za-z]{45}|[0-9A-Za-z]{50}/,
    check: (value) => /\d/.test(value) && /[A-Z]/.test(value) && /[a-z]/.test(value),
  }),
  // https://www.linkedin.com/developers/: 16 characters beside the product's name
  announces('linkedin/secret', 'LINKEDINSECRET', ['linkedin'], {
    body: /[0-9A-Za-z]{16}|WPL_AP1\.[\w.=/+-]{20,}/,
    check: (value) => /\d/.test(value) && /[a-z]/i.test(value),
  }),
  begins('linkedin/primary-secret', 'LINKEDINSECRET', 'WPL_AP1.', /[\w.=/+-]{20,}/),
  // https://developers.intercom.com/docs/build-an-integration/learn-more/authentication: base64 of "tok:"
  begins('intercom/token', 'INTERCOMTOKEN', 'dG9rO', /[0-9A-Za-z+/]{40,}={0,2}/),
  // https://open.larksuite.com/document and https://developer.work.weixin.qq.com/document/path/91770
  announces(
    'wecom/webhook',
    'WECOMWEBHOOK',
    [
      'qyapi.weixin.qq.com/cgi-bin/webhook/send?key',
      'oapi.dingtalk.com/robot/send?access_token',
      'open-apis/bot/v2/hook',
    ],
    { body: /[0-9a-f-]{36}|[0-9a-f]{64}/, reach: 2 },
  ),
  announces('lark/secret', 'LARKSECRET', ['lark', 'feishu'], {
    body: /[0-9A-Za-z]{32}/,
    check: (value) => /\d/.test(value) && /[a-z]/i.test(value),
  }),
  // https://developers.line.biz/en/docs/basics/channel-access-token/
  announces('line/token', 'LINETOKEN', ['line_', 'channel_access', 'channelaccess'], /[A-Za-z0-9+/]{150,}={0,2}/),
];

/** Digits of the bot's id, a colon, 35 characters of which the first two are `AA`. */
function telegramToken({ text, report }: Probe, start: number, end: number, label: Label): void {
  const id = /(?<![\w.:])\d{8,10}$/.exec(text.slice(Math.max(0, start - 12), start))?.[0];
  const rest = /^[\w-]{33}/.exec(text.slice(end, end + 33))?.[0];
  if (id && rest) report(start - id.length, end + rest.length, label);
}
