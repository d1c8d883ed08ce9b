import { announces, begins, contains } from '../rule.ts';

export const monitoringRules = [
  // https://docs.datadoghq.com/account_management/api-app-keys/
  announces(
    'datadog/key',
    'DATADOGKEY',
    ['datadog', 'dd_api', 'dd-api', 'dd_app', 'dd-app', 'ddog'],
    /[0-9a-f]{40}|[0-9a-f]{32}/,
  ),
  begins('datadog/new-key', 'DATADOGKEY', ['ddapp_', 'ddpat_', 'dd_pat_', 'pub'], /(?=\w{0,8}\d)[0-9A-Za-z]{32,}/),
  // https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/
  begins('newrelic/key', 'NEWRELICKEY', ['NRAK-', 'NRJS-', 'NRII-', 'NRIQ-', 'NRRA-', 'NRSP-', 'NRBR-'], /[\w-]{19,}/),
  contains('newrelic/license', 'NEWRELICKEY', 'nral', /[0-9a-z]{36}NRAL/),
  announces(
    'newrelic/old-key',
    'NEWRELICKEY',
    ['newrelic', 'new_relic', 'new-relic'],
    /[0-9a-f]{40}|[0-9A-Za-z]{64}|[0-9a-f]{32}/,
  ),
  // https://docs.sentry.io/account/auth-tokens/
  begins('sentry/token', 'SENTRYTOKEN', ['sntrys_', 'sntryu_', 'sntryi_', 'sntrya_'], /[\w=+/-]{40,}/),
  announces('sentry/old-token', 'SENTRYTOKEN', 'sentry', /[0-9a-f]{64}/),
  // https://grafana.com/docs/grafana/latest/administration/service-accounts/
  begins('grafana/service-account', 'GRAFANATOKEN', 'glsa_', /[0-9A-Za-z]{32}_[0-9A-Fa-f]{8}/),
  begins('grafana/cloud', 'GRAFANATOKEN', 'glc_', /[A-Za-z0-9+/]{32,}={0,3}/),
  begins('grafana/key', 'GRAFANATOKEN', 'eyJrIjoi', /[A-Za-z0-9+/]{40,}={0,3}/),
  // https://docs.honeycomb.io/configure/environments/manage-api-keys/
  begins('honeycomb/key', 'HONEYCOMBKEY', ['hcaik_', 'hcalk_', 'hcaic_', 'hcamk_'], /[0-9a-z]{40,}/),
  // https://docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens
  begins(
    'dynatrace/token',
    'DYNATRACETOKEN',
    ['dt0c01.', 'dt0s01.', 'dt0s02.', 'dt0s03.', 'dt0s06.', 'dt0s08.', 'dt0s16.', 'dt0a01.'],
    /[0-9A-Z]{8,}\.[0-9A-Z]{32,}/,
  ),
  // https://www.elastic.co/guide/en/cloud/current/ec-api-authentication.html
  begins('elastic/key', 'ELASTICKEY', ['essu_', 'essa_', 'ess_'], /[\w=+/-]{40,}/),
  // https://axiom.co/docs/reference/tokens, https://posthog.com/docs/api, https://segment.com/docs/api
  begins('axiom/token', 'AXIOMTOKEN', ['xaat-', 'xapt-'], /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/),
  begins('posthog/key', 'POSTHOGKEY', ['phx_', 'phs_', 'phc_'], /[\w-]{30,}/),
  announces('segment/key', 'SEGMENTKEY', 'segment', /[\w-]{43}\.[\w-]{43}/),
  // https://launchdarkly.com/docs/home/account/api and /sdk/concepts/client-side-server-side
  begins(
    'launchdarkly/key',
    'LAUNCHDARKLYKEY',
    ['sdk-', 'api-', 'mob-', 'rel-'],
    /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/,
  ),
  announces('launchdarkly/old-key', 'LAUNCHDARKLYKEY', 'launchdarkly', {
    body: /[\w=-]{40}/,
    check: (value) => /\d/.test(value),
  }),
  announces('pagerduty/key', 'PAGERDUTYKEY', ['pagerduty', 'pager_duty', 'pd_'], {
    body: /[\w+-]{20}|[0-9a-f]{32}/,
    check: (value) => /\d/.test(value) && /[a-z]/i.test(value),
  }),
  announces('opsgenie/key', 'OPSGENIEKEY', ['opsgenie', 'geniekey'], /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/),
  announces('rollbar/token', 'ROLLBARTOKEN', 'rollbar', /[0-9a-f]{32}/),
  announces('bugsnag/key', 'BUGSNAGKEY', 'bugsnag', /[0-9a-f]{32}/),
  announces('splunk/token', 'SPLUNKTOKEN', 'splunk', /[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}/),
  announces('sumologic/key', 'SUMOLOGICKEY', ['sumologic', 'sumo_', 'sumo '], {
    body: /su[0-9A-Za-z]{12}|[0-9A-Za-z]{64}/,
    check: (value) => /\d/.test(value),
  }),
  announces('snyk/token', 'SNYKTOKEN', 'snyk', /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/),
  begins('snyk/new-token', 'SNYKTOKEN', ['snyk_uat.', 'snyk_sat.'], /[\w.-]{30,}/),
  announces('algolia/key', 'ALGOLIAKEY', 'algolia', /[0-9a-f]{32}/),
  announces('codeclimate/token', 'CODECLIMATETOKEN', ['codeclimate', 'cc_test_reporter'], /[0-9a-f]{64}|[0-9a-f]{40}/),
  begins('checkly/key', 'CHECKLYKEY', 'cu_', /[0-9a-f]{32}/),
  begins('statsig/key', 'STATSIGKEY', ['secret-', 'console-'], /[0-9A-Za-z]{35,}/),
  announces('confluent/secret', 'CONFLUENTSECRET', ['confluent'], {
    body: /[0-9A-Za-z+/]{64}|[0-9A-Z]{16}|cflt[0-9A-Za-z+/]{56,}/,
    check: (value) => /\d/.test(value),
  }),
];
