import { announces, begins, contains } from '../rule.ts';

const mixed = (value: string): boolean => /\d/.test(value) && /[a-z]/i.test(value);

export const hostingRules = [
  // https://docs.digitalocean.com/reference/api/create-personal-access-token/
  begins('digitalocean/token', 'DIGITALOCEANTOKEN', ['dop_v1_', 'doo_v1_', 'dor_v1_'], /[0-9a-f]{60,}/),
  announces('digitalocean/spaces-key', 'DIGITALOCEANKEY', ['spaces'], /DO00[0-9A-Z]{16}/),
  // https://devcenter.heroku.com/changelog-items/2516
  begins('heroku/key', 'HEROKUKEY', 'HRKU-', /[\w-]{30,}/),
  announces('heroku/old-key', 'HEROKUKEY', 'heroku', /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i),
  // https://developers.cloudflare.com/fundamentals/api/get-started/create-token/ and /ssl/origin-configuration/origin-ca/
  begins('cloudflare/origin-ca-key', 'CLOUDFLAREKEY', 'v1.0-', /[0-9a-f]{24}-[0-9a-f]{100,}/),
  begins('cloudflare/token', 'CLOUDFLARETOKEN', ['cfut_', 'cfat_', 'cfk_'], /[\w-]{30,}/),
  announces('cloudflare/old-token', 'CLOUDFLARETOKEN', ['cloudflare', 'cf_api', 'cf-api', 'x-auth-key'], {
    body: /[0-9a-f]{37}|[\w-]{40}/,
    check: mixed,
  }),
  // https://docs.netlify.com/api/get-started/#authentication
  begins('netlify/token', 'NETLIFYTOKEN', ['nfp_', 'nfc_', 'nfo_', 'nfu_', 'nfb_'], /[0-9A-Za-z]{36,}/),
  announces('netlify/old-token', 'NETLIFYTOKEN', 'netlify', { body: /[\w-]{43}/, check: mixed }),
  // https://vercel.com/docs/rest-api and https://vercel.com/docs/vercel-blob
  begins('vercel/token', 'VERCELTOKEN', ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_', 'vercel_blob_rw_'], /\w{24,}/),
  announces('vercel/old-token', 'VERCELTOKEN', 'vercel', { body: /[0-9A-Za-z]{24}/, check: mixed }),
  // https://fly.io/docs/security/tokens/: macaroons
  begins('fly/token', 'FLYTOKEN', ['fo1_', 'fm1_', 'fm2_', 'fm1a_', 'fm1r_'], /[\w+/=,-]{40,}/),
  // https://render.com/docs/api, https://docs.railway.com
  begins('render/key', 'RENDERKEY', 'rnd_', /[0-9A-Za-z]{20,}/),
  begins('railway/token', 'RAILWAYTOKEN', 'rw_', /[\w-]{40,}/),
  begins('scalingo/token', 'SCALINGOTOKEN', ['tk-us-', 'tk-eu-'], /[\w-]{40,}/),
  // https://techdocs.akamai.com/linode-api, https://docs.hetzner.cloud, https://www.vultr.com/api/, https://www.ovh.com/auth
  announces('linode/token', 'LINODETOKEN', 'linode', /[0-9a-f]{64}/),
  announces('hetzner/token', 'HETZNERTOKEN', ['hetzner', 'hcloud'], /[0-9A-Za-z]{64}/),
  announces('vultr/key', 'VULTRKEY', 'vultr', /[0-9A-Z]{36}/),
  announces('scaleway/key', 'SCALEWAYKEY', ['scaleway', 'scw_'], /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/),
  begins('scaleway/access-key', 'SCALEWAYKEY', 'SCW', /[0-9A-Z]{17}(?![0-9A-Z])/),
  announces('fastly/token', 'FASTLYTOKEN', 'fastly', { body: /[\w-]{32}/, check: mixed }),
  announces('exoscale/secret', 'EXOSCALESECRET', 'exoscale', { body: /[\w-]{43}|[\w-]{40}/, check: mixed }),
  begins('exoscale/key', 'EXOSCALEKEY', 'EXO', /[0-9a-f]{24,}/),
  begins('akamai/client', 'AKAMAISECRET', 'akab-', /[0-9a-z]{16}-[0-9a-z]{16}/),
  // https://supabase.com/docs/guides/api/api-keys
  begins('supabase/key', 'SUPABASEKEY', ['sbp_', 'sb_secret_', 'sbp_oauth_'], /[\w-]{20,}/),
  // https://planetscale.com/docs/concepts/service-tokens
  begins(
    'planetscale/token',
    'PLANETSCALETOKEN',
    ['pscale_tkn_', 'pscale_pw_', 'pscale_oauth_', 'pscale_api_'],
    /[\w.=-]{30,}/,
  ),
  begins('neon/key', 'NEONKEY', ['napi_', 'npg_'], /[0-9A-Za-z]{10,}/),
  begins('xata/key', 'XATAKEY', 'xau_', /[0-9A-Za-z]{30,}/),
  // https://docs.doppler.com/reference/auth-token-formats
  begins(
    'doppler/token',
    'DOPPLERTOKEN',
    ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.', 'dp.said.'],
    /[\w.-]{40,}/,
  ),
  // https://developer.hashicorp.com/vault/docs/concepts/tokens
  begins('vault/token', 'VAULTTOKEN', ['hvs.', 'hvb.', 'hvr.'], /[\w.-]{20,}/),
  announces('vault/old-token', 'VAULTTOKEN', ['vault', 'token'], { body: /[sbr]\.[0-9A-Za-z]{24}/, reach: 24 }),
  announces('vault/unseal-key', 'VAULTKEY', 'unseal key', /[A-Za-z0-9+/]{43}=|[0-9a-f]{64}|[A-Za-z0-9+/]{44}/),
  contains('terraform/token', 'TERRAFORMTOKEN', '.atlasv1.', /[A-Za-z0-9]{10,20}\.atlasv1\.[\w=-]{50,}/),
  // https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/
  begins('pulumi/token', 'PULUMITOKEN', 'pul-', /[0-9a-f]{40}/),
  begins('infracost/key', 'INFRACOSTKEY', 'ico-', /[0-9A-Za-z]{32}/),
  begins('prefect/key', 'PREFECTKEY', ['pnu_', 'pnb_'], /[0-9A-Za-z]{36}/),
  // https://docs.databricks.com/aws/en/dev-tools/auth/pat
  begins('databricks/token', 'DATABRICKSTOKEN', ['dapi', 'dkea', 'dose', 'dosa'], /[0-9a-f]{32}(?:-\d)?/),
  // https://docs.openshift.com: OAuth tokens since 4.6
  begins('openshift/token', 'OPENSHIFTTOKEN', 'sha256~', /[\w-]{43}/),
  // https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/
  announces(
    'kubernetes/bootstrap-token',
    'KUBERNETESTOKEN',
    ['kubeadm', 'bootstrap', '--token', 'token:'],
    /[0-9a-z]{6}\.[0-9a-z]{16}/,
  ),
  begins('rancher/token', 'RANCHERTOKEN', 'token-', /[0-9a-z]{5}:[0-9a-z]{50,}/),
  begins('harness/token', 'HARNESSTOKEN', ['pat.', 'sat.'], /[\w-]{22}\.[0-9a-f]{24}\.[0-9A-Za-z]{20}/),
  begins('octopus/key', 'OCTOPUSKEY', 'API-', /[0-9A-Z]{25,32}(?![0-9A-Za-z-])/),
  // https://buildkite.com/docs/apis/managing-api-tokens, https://circleci.com/docs/managing-api-tokens/
  begins('buildkite/token', 'BUILDKITETOKEN', ['bkua_', 'bkaj_', 'bkpt_', 'bkct_'], /[0-9a-f]{40}/),
  begins('circleci/token', 'CIRCLECITOKEN', ['CCIPAT_', 'CCIPRJ_'], /\w{30,}/),
  announces('circleci/old-token', 'CIRCLECITOKEN', ['circleci', 'circle-token', 'circle_token'], /[0-9a-f]{40}/),
  announces('travis/token', 'TRAVISTOKEN', 'travis', { body: /[\w-]{22}/, check: mixed }),
  announces('drone/token', 'DRONETOKEN', ['drone', 'droneci'], { body: /[0-9A-Za-z]{32}/, check: mixed }),
  announces('codecov/token', 'CODECOVTOKEN', 'codecov', /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-z]{32}/),
  // https://tailscale.com/kb/1277/key-prefixes
  begins('tailscale/key', 'TAILSCALEKEY', ['tskey-'], /[0-9A-Za-z]{2,}-[\w-]{10,}/),
  announces(
    'ngrok/token',
    'NGROKTOKEN',
    'ngrok',
    /[0-9A-Za-z]{27}_[0-9A-Za-z]{21}|[0-9A-Za-z]{20,30}_[0-9A-Za-z]{15,25}/,
  ),
  // https://yandex.cloud/en/docs/iam/concepts/authorization/, https://www.alibabacloud.com/help/en/ram, https://www.tencentcloud.com
  begins('yandex/token', 'YANDEXTOKEN', ['t1.'], /[\w-]{1,}={0,2}\.[\w-]{60,}={0,2}/),
  begins('yandex/oauth', 'YANDEXTOKEN', ['y0_', 'y1_', 'y2_', 'y3_'], /[\w-]{50,}/),
  begins('yandex/key', 'YANDEXKEY', ['AQVN', 'AQV'], /[\w-]{34,40}/),
  begins('yandex/static-key', 'YANDEXKEY', ['YCAJ', 'YCM', 'YCP'], { body: /[\w-]{20,38}/, check: mixed }),
  begins('alibaba/key', 'ALIBABAKEY', 'LTAI', /[0-9A-Za-z]{12,30}/),
  announces(
    'alibaba/secret',
    'ALIBABASECRET',
    ['alibaba', 'aliyun', 'alicloud', 'accesskeysecret', 'access_key_secret'],
    { body: /[0-9A-Za-z]{30}/, check: mixed },
  ),
  begins('tencent/key', 'TENCENTKEY', 'AKID', { body: /[0-9A-Za-z]{13,40}/, check: mixed }),
  begins('volcengine/key', 'VOLCENGINEKEY', 'AKLT', /[\w=-]{40,}/),
  begins('ibm/key', 'IBMKEY', ['ApiKey-'], /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/),
  announces('ibm/cloud-key', 'IBMKEY', ['ibm', 'bluemix', 'softlayer'], {
    body: /[\w-]{44}|[0-9a-f]{64}/,
    check: mixed,
  }),
  // https://www.cisco.com/c/en/us/support/docs/security-vpn/remote-authentication-dial-user-service-radius/107614-64.html
  announces(
    'cisco/encoded-password',
    'PASSWORD',
    ['password 7', 'password 5', 'secret 5', 'secret 8', 'secret 9', 'key 7', 'md5 7'],
    {
      body: /[0-9A-F]{6,64}|\$[\w./$]{20,120}/,
      reach: 2,
    },
  ),
  // https://docs.oracle.com/en-us/iaas/Content/Identity/Tasks/managingcredentials.htm
  announces('oracle/auth-token', 'ORACLETOKEN', ['oci_auth', 'oci auth', 'ocir'], {
    body: /[^\s'"]{20}/,
    check: mixed,
  }),
];
