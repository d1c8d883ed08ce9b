import { announces, begins } from '../rule.ts';

export const paymentRules = [
  // https://docs.stripe.com/keys; Clerk, Paystack and Checkout.com use the same beginnings
  begins(
    'stripe/secret-key',
    'STRIPEKEY',
    ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'sk_prod_', 'rk_prod_', 'sk_org_live_', 'sk_org_test_'],
    /[\w=+/-]{16,}/,
  ),
  begins('stripe/webhook-secret', 'STRIPEWEBHOOK', 'whsec_', /[\w=+/-]{20,}/),
  // https://developer.squareup.com/docs/build-basics/access-tokens
  begins('square/token', 'SQUARETOKEN', ['EAAA', 'EAAl'], /[\w+=/-]{60}(?![\w+=/])/),
  begins(
    'square/oauth',
    'SQUARETOKEN',
    ['sq0atp-', 'sq0csp-', 'sq0csb-', 'sq0idp-', 'sandbox-sq0idb-', 'sandbox-sq0csb-', 'sandbox-sq0atb-'],
    /[\w\\^-]{22,}/,
  ),
  // https://developer.paypal.com/braintree/articles/control-panel/important-gateway-credentials
  begins(
    'braintree/token',
    'BRAINTREETOKEN',
    ['access_token$production$', 'access_token$sandbox$'],
    /[0-9a-z]{16}\$[0-9a-f]{32}/,
  ),
  announces('paypal/secret', 'PAYPALSECRET', 'paypal', /[AE][\w-]{79}/),
  // https://docs.adyen.com/development-resources/api-credentials/
  begins('adyen/key', 'ADYENKEY', 'AQE', /[\w+/=^.{}()[\]<>&*;~%#@!?,:|$-]{60,}/),
  // https://plaid.com/docs/api/tokens/
  begins(
    'plaid/token',
    'PLAIDTOKEN',
    ['access-sandbox-', 'access-development-', 'access-production-'],
    /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/,
  ),
  announces('plaid/secret', 'PLAIDSECRET', 'plaid', /[0-9a-f]{30}/),
  // https://razorpay.com/docs/api/authentication/
  begins('razorpay/key', 'RAZORPAYKEY', ['rzp_live_', 'rzp_test_'], /[0-9A-Za-z]{14,}/),
  // https://docs.mollie.com/docs/authentication and https://docs.lob.com/#tag/Authentication
  begins('mollie/key', 'MOLLIEKEY', ['live_', 'test_'], /(?:pub_)?(?=[a-z]*[0-9A-Z])[0-9A-Za-z]{30,}/),
  // https://developer.gocardless.com/api-reference/#making-requests
  begins('gocardless/token', 'GOCARDLESSTOKEN', ['live_', 'sandbox_'], /[\w=-]{40}(?![\w=-])/),
  // https://developer.flutterwave.com/docs/authentication
  begins(
    'flutterwave/key',
    'FLUTTERWAVEKEY',
    ['FLWSECK_TEST-', 'FLWSECK-', 'FLWSECK_TEST', 'FLWPUBK_TEST-', 'FLWPUBK-'],
    /[0-9A-Za-z]{12,}(?:-X)?/,
  ),
  // https://www.mercadopago.com.br/developers/en/docs/your-integrations/credentials
  begins('mercadopago/token', 'MERCADOPAGOTOKEN', ['APP_USR-', 'TEST-'], /\d{10,20}-\d{6}-[0-9a-f]{32}(?:-\d{5,12})?/),
  begins('mercadopago/public-key', 'MERCADOPAGOTOKEN', 'APP_USR-', /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/),
  // https://docs.asaas.com/docs/authentication-2
  begins('asaas/key', 'ASAASKEY', ['$aact_', 'aact_prod_', 'aact_hmlg_'], /[\w+/:=-]{30,}/),
  // https://developer.pagbank.com.br/docs/token-de-autenticacao
  announces(
    'pagseguro/token',
    'PAGSEGUROTOKEN',
    ['pagseguro', 'pagbank'],
    /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{52}|[0-9A-F]{32}/,
  ),
  // https://docs.pagar.me/docs/chaves-de-acesso
  begins('pagarme/key', 'PAGARMEKEY', ['ak_live_', 'ak_test_', 'ek_live_', 'ek_test_'], /[0-9A-Za-z]{20,}/),
  // https://duffel.com/docs/api/overview/making-requests
  begins('duffel/token', 'DUFFELTOKEN', ['duffel_test_', 'duffel_live_'], /[\w-]{40,}/),
  // https://docs.easypost.com/docs/authentication
  begins('easypost/key', 'EASYPOSTKEY', ['EZAK', 'EZTK'], /[0-9A-Za-z]{54}/),
  // https://docs.goshippo.com/docs/guides_general/authentication/
  begins('shippo/token', 'SHIPPOTOKEN', ['shippo_live_', 'shippo_test_'], /[0-9a-f]{40}/),
  // https://developer.paddle.com/api-reference/about/authentication
  begins('paddle/key', 'PADDLEKEY', ['pdl_live_apikey_', 'pdl_sdbx_apikey_', 'pdl_ntfset_'], /[\w]{20,}/),
  // https://docs.lemonsqueezy.com, https://polar.sh/docs/integrate/authentication
  begins(
    'polar/token',
    'POLARTOKEN',
    ['polar_oat_', 'polar_pat_', 'polar_whs_', 'polar_at_u_', 'polar_rt_'],
    /[0-9A-Za-z]{20,}/,
  ),
  // https://docs.xendit.co/docs/api-keys
  begins('xendit/key', 'XENDITKEY', ['xnd_production_', 'xnd_development_'], /[0-9A-Za-z]{30,}/),
  // https://docs.omise.co/api-keys
  begins('omise/key', 'OMISEKEY', ['skey_test_', 'skey_live_', 'skey_'], /[0-9a-z]{16,}/),
  // https://docs.midtrans.com/docs/api-authorization-headers
  begins('midtrans/key', 'MIDTRANSKEY', ['SB-Mid-server-', 'Mid-server-'], /[\w-]{16,}/),
  // https://docs.cdp.coinbase.com/coinbase-app/docs/api-key-authentication
  announces('coinbase/key', 'COINBASEKEY', 'coinbase', {
    body: /[\w-]{64}|[0-9A-Za-z]{32}|[0-9A-Za-z]{16}/,
    check: (value) => /\d/.test(value) && /[a-z]/i.test(value),
  }),
];
