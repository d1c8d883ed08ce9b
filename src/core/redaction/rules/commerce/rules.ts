import { announces, begins, contains } from '../rule.ts';

const mixed = (value: string): boolean => /\d/.test(value) && /[a-z]/i.test(value);
const uuid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/;

/** Shops, customers, files, maps, games, money markets: products that no other family holds. */
export const commerceRules = [
  // https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens
  begins(
    'shopify/token',
    'SHOPIFYTOKEN',
    ['shpat_', 'shpca_', 'shppa_', 'shpss_', 'shpua_', 'shptka_', 'shpit_', 'shpcp_', 'atkn_'],
    /[0-9a-fA-F]{32,}/,
  ),
  // https://developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview
  begins(
    'hubspot/token',
    'HUBSPOTTOKEN',
    ['pat-na1-', 'pat-na2-', 'pat-na3-', 'pat-eu1-', 'pat-ap1-'],
    /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i,
  ),
  announces('hubspot/key', 'HUBSPOTKEY', ['hubspot', 'hapikey', 'hubapi'], uuid),
  // https://www.dropbox.com/developers/reference/oauth-guide
  begins('dropbox/token', 'DROPBOXTOKEN', ['sl.'], /(?:u\.)?[\w-]{60,}/),
  announces('dropbox/secret', 'DROPBOXSECRET', 'dropbox', { body: /[0-9a-z]{15}/, check: mixed }),
  contains('dropbox/old-token', 'DROPBOXTOKEN', 'aaaaaaaaaa', /[0-9A-Za-z]{11}A{10}[\w-]{43}/),
  // https://docs.mapbox.com/help/dive-deeper/access-tokens/: `sk` is secret, `pk` is public but billed, `tk` temporary
  begins('mapbox/token', 'MAPBOXTOKEN', ['sk.eyJ', 'pk.eyJ', 'tk.eyJ'], /[\w-]{30,}\.[\w-]{20,}/),
  contains('maxmind/key', 'MAXMINDKEY', '_mmk', /[0-9A-Za-z]{6}_[0-9A-Za-z]{29}_mmk/),
  // https://developer.riotgames.com/docs/portal
  begins('riot/key', 'RIOTKEY', 'RGAPI-', uuid),
  announces('steam/key', 'STEAMKEY', 'steam', /[0-9A-F]{32}/),
  // https://docs.rapidapi.com/docs/keys
  contains('rapidapi/key', 'RAPIDAPIKEY', 'msh', /[0-9a-f]{10}msh[0-9a-f]{15}p1[0-9a-f]{5}jsn[0-9a-f]{12}/),
  // https://www.deepl.com/docs-api/api-access/authentication
  contains('deepl/key', 'DEEPLKEY', ':fx', new RegExp(`${uuid.source}:fx`)),
  announces('deepl/paid-key', 'DEEPLKEY', 'deepl', /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?::fx)?/),
  // https://io.adafruit.com/api/docs/#authentication, https://docs.ubidots.com
  begins('adafruit/key', 'ADAFRUITKEY', 'aio_', /[0-9A-Za-z]{28}/),
  begins('ubidots/token', 'UBIDOTSTOKEN', ['BBFF-', 'BBUS-'], /[0-9A-Za-z]{30}/),
  // https://www.pubnub.com/docs/general/basics/initialize-pubnub
  begins('pubnub/key', 'PUBNUBKEY', ['sub-c-', 'pub-c-', 'sec-c-'], /[0-9A-Za-z-]{32,}/),
  // https://ably.com/docs/auth: app.key:secret
  announces('ably/key', 'ABLYKEY', 'ably', /[\w-]{6}\.[\w-]{6}:[\w-]{22,}/),
  announces('pusher/secret', 'PUSHERSECRET', 'pusher', /[0-9a-f]{20}/),
  // https://cosmo-docs.wundergraph.com, https://developers.bannerbear.com
  begins('wundergraph/key', 'COSMOKEY', 'cosmo_', /[0-9a-f]{32}/),
  begins('bannerbear/key', 'BANNERBEARKEY', ['bb_pr_', 'bb_ma_', 'bb_at_'], /[0-9a-f]{24,}/),
  begins('nylas/key', 'NYLASKEY', 'nyk_', /\w{30,}/),
  begins('retool/token', 'RETOOLTOKEN', 'retool_', /[0-9a-z]{20,}/),
  begins('thunderstore/token', 'THUNDERSTORETOKEN', 'tss_', /[0-9A-Za-z]{30,}/),
  begins('svix/endpoint-secret', 'SVIXSECRET', ['whsk_', 'ep_'], { body: /[0-9A-Za-z]{24,}/, check: mixed }),
  begins('svix/token', 'SVIXTOKEN', ['testsk_', 'sv_'], { body: /[0-9A-Za-z]{24,}/, check: mixed }),
  // https://ghost.org/docs/admin-api/#token-authentication
  announces('ghost/admin-key', 'GHOSTKEY', ['ghost', 'admin'], /[0-9a-f]{24}:[0-9a-f]{64}/),
  // https://docs.infura.io, https://docs.alchemy.com, https://docs.etherscan.io, https://docs.alpaca.markets
  announces('infura/key', 'INFURAKEY', ['infura.io/v3', 'infura.io/ws/v3', 'infura'], /[0-9a-f]{32}/),
  announces('alchemy/key', 'ALCHEMYKEY', ['alchemy.com/v2', 'alchemyapi.io/v2', 'alchemy'], {
    body: /[\w-]{32}/,
    check: mixed,
  }),
  announces('etherscan/key', 'ETHERSCANKEY', ['etherscan', 'bscscan', 'polygonscan'], /[0-9A-Z]{34}/),
  announces('alpaca/key', 'ALPACAKEY', 'alpaca', { body: /[PAC]K[0-9A-Z]{18,24}|[0-9A-Za-z]{40,44}/, check: mixed }),
  announces('binance/key', 'BINANCEKEY', 'binance', /[0-9A-Za-z]{64}/),
  announces('kraken/key', 'KRAKENKEY', 'kraken', /[A-Za-z0-9+/=_-]{80,90}|[A-Za-z0-9+/]{56}/),
  // https://ethereum.org/en/developers/docs/accounts/: 32 bytes in hex beside a name that says so
  announces(
    'ethereum/private-key',
    'PRIVATEKEY',
    ['private_key', 'privatekey', 'private key', 'deployer', 'mnemonic'],
    /(?:0x)?[0-9a-fA-F]{64}/,
  ),
  announces('zendesk/key', 'ZENDESKKEY', 'zendesk', { body: /[0-9A-Za-z]{40}|[0-9a-f]{64}/, check: mixed }),
  announces('freshworks/key', 'FRESHDESKKEY', ['freshdesk', 'freshservice', 'freshsales'], {
    body: /[0-9A-Za-z-]{20,22}/,
    check: mixed,
  }),
  announces('mixpanel/secret', 'MIXPANELKEY', ['mixpanel', 'amplitude', 'trello', 'shodan', 'cloudinary'], {
    body: /[0-9a-f]{32}|[0-9A-Za-z]{32}|[\w-]{27}/,
    check: mixed,
  }),
  announces('trello/token', 'TRELLOTOKEN', ['trello', 'virustotal', 'vt_api'], /[0-9a-f]{64}/),
  announces('squarespace/key', 'SQUARESPACEKEY', 'squarespace', uuid),
  announces('openweather/key', 'WEATHERKEY', ['openweather', 'weatherapi', 'appid'], /[0-9a-f]{32}|[0-9a-f]{31}/),
];
