import { announces, begins } from '../rule.ts';

export const sourceHostRules = [
  // https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats
  begins(
    'github/token',
    'GITHUBTOKEN',
    ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    /[0-9A-Za-z_]{30,}(?:\.[\w-]{10,}){0,2}/,
  ),
  begins('github/fine-grained-token', 'GITHUBTOKEN', 'github_pat_', /[0-9A-Za-z_]{36,}/),
  begins('github/old-app-token', 'GITHUBTOKEN', 'v1.', /[0-9a-f]{40}(?![0-9a-f])/),
  // https://docs.gitlab.com/security/tokens/#token-prefixes
  begins(
    'gitlab/token',
    'GITLABTOKEN',
    [
      'glpat-',
      'gloas-',
      'gldt-',
      'glrt-',
      'glrtr-',
      'glcbt-',
      'glptt-',
      'glft-',
      'glimt-',
      'glagent-',
      'glwt-',
      'glsoat-',
      'glffct-',
    ],
    /[\w-]{15,}(?:\.[\w-]{2,}){0,3}/,
  ),
  begins('gitlab/runner-registration', 'GITLABTOKEN', 'GR1348941', /[\w-]{20,}/),
  begins('gitlab/session-cookie', 'GITLABSESSION', '_gitlab_session=', /[0-9a-z]{32}/),
  // https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/ and https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/
  begins('atlassian/token', 'ATLASSIANTOKEN', ['ATATT3', 'ATCTT3', 'ATSTT3', 'ATOTT3'], /[\w=+/-]{60,}/),
  begins('atlassian/app-password', 'ATLASSIANTOKEN', 'ATBB', /[A-Za-z0-9]{28,}(?:[0-9A-F]{8})?/),
  begins('atlassian/trello-token', 'TRELLOTOKEN', 'ATTA', /[0-9a-f]{64,}/),
  // https://confluence.atlassian.com/bitbucketserver/http-access-tokens-939515499.html
  begins('atlassian/bitbucket-server-token', 'BITBUCKETTOKEN', 'BBDC-', /[A-Za-z0-9+/@_-]{40,50}/),
  announces('atlassian/old-token', 'ATLASSIANTOKEN', ['atlassian', 'jira', 'confluence', 'bitbucket'], {
    body: /[A-Za-z0-9]{24}|[\w=-]{64}/,
    check: varied,
  }),
  // https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token
  begins(
    'sourcegraph/token',
    'SOURCEGRAPHTOKEN',
    ['sgp_', 'slk_', 'sgd_', 'sgph_'],
    /(?:(?:[0-9a-f]{16}|local)_)?[0-9a-zA-Z]{40,}/,
  ),
  // https://docs.gitea.com/development/oauth2-provider
  begins('gitea/token', 'GITEATOKEN', ['gta_', 'gto_'], /[0-9a-z_]{40,}/),
  // https://linear.app/developers/oauth-2-0-authentication
  begins('linear/token', 'LINEARTOKEN', ['lin_api_', 'lin_oauth_', 'lin_wh_'], /[0-9A-Za-z]{32,}/),
  // https://developers.notion.com/reference/authentication
  begins('notion/token', 'NOTIONTOKEN', ['ntn_'], /[0-9A-Za-z]{40,}/),
  begins('notion/old-token', 'NOTIONTOKEN', 'secret_', /[0-9A-Za-z]{43}/),
  // https://developers.asana.com/docs/personal-access-token
  begins('asana/token', 'ASANATOKEN', ['1/', '2/', '0/'], /\d{13,17}(?:\/\d{13,17})?:[0-9a-f]{32}/),
  // https://airtable.com/developers/web/guides/personal-access-tokens
  begins('airtable/token', 'AIRTABLETOKEN', 'pat', /[0-9A-Za-z]{14}\.[0-9a-f]{64}/),
  announces('airtable/key', 'AIRTABLEKEY', 'airtable', /key[0-9A-Za-z]{14}/),
  // https://www.figma.com/developers/api#access-tokens
  begins('figma/token', 'FIGMATOKEN', ['figd_', 'figu_', 'figo_', 'figoh_', 'figor_'], /[\w-]{36,}/),
  // https://learning.postman.com/docs/developer/postman-api/authentication/
  begins('postman/key', 'POSTMANKEY', 'PMAK-', /[0-9a-f]{24}-[0-9a-f]{34}/),
  begins('postman/collection-key', 'POSTMANKEY', 'PMAT-', /[0-9A-Za-z]{26}/),
  // https://developer.clickup.com/docs/authentication
  begins('clickup/token', 'CLICKUPTOKEN', 'pk_', /\d{6,9}_[0-9A-Z]{32}/),
  // https://www.jetbrains.com/help/youtrack/devportal/api-howto-get-token.html
  begins(
    'jetbrains/token',
    'JETBRAINSTOKEN',
    ['perm:', 'perm-'],
    /[A-Za-z0-9+/=]{4,}\.[A-Za-z0-9+/=-]{2,}\.[A-Za-z0-9]{20,}/,
  ),
  // https://docs.sonarsource.com/sonarqube-server/latest/user-guide/managing-tokens/
  begins('sonar/token', 'SONARTOKEN', ['squ_', 'sqp_', 'sqa_'], /[0-9a-f]{40}/),
  // https://www.contentful.com/developers/docs/references/authentication/
  begins('contentful/token', 'CONTENTFULTOKEN', 'CFPAT-', /[\w-]{40,}/),
  // https://docs.readme.com/main/docs/api-keys
  begins('readme/key', 'READMEKEY', 'rdme_', /[0-9a-z]{60,}/),
  begins('typeform/token', 'TYPEFORMTOKEN', 'tfp_', /[\w.=-]{40,}/),
  begins('frameio/token', 'FRAMEIOTOKEN', 'fio-u-', /[\w=-]{50,}/),
  begins('wakatime/key', 'WAKATIMEKEY', ['waka_'], /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/),
];

function varied(value: string): boolean {
  return /\d/.test(value) && /[a-z]/i.test(value) && !/^[0-9a-f]+$/.test(value);
}
