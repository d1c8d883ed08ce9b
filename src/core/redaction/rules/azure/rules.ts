import { announces, begins, contains } from '../rule.ts';

export const azureRules = [
  // https://learn.microsoft.com/en-us/purview/sit-defn-azure-ad-client-secret
  contains('azure/client-secret', 'AZURESECRET', 'q~', /[\w~.-]{3}\dQ~[\w~.-]{30,36}/),
  // https://learn.microsoft.com/en-us/purview/sit-defn-azure-storage-account-key: 64 bytes in base64
  announces(
    'azure/account-key',
    'AZUREKEY',
    [
      'accountkey',
      'account_key',
      'account-key',
      'storage_key',
      'storagekey',
      'storage_account',
      'azure',
      'cosmos',
      'documentdb',
    ],
    /[A-Za-z0-9+/]{86}==/,
  ),
  announces(
    'azure/shared-key',
    'AZUREKEY',
    ['sharedaccesskey', 'sharedsecret', 'accesskey', 'devicekey', 'primarykey'],
    { body: /[A-Za-z0-9+/]{42,44}=/, reach: 12 },
  ),
  // https://learn.microsoft.com/en-us/purview/sit-defn-azure-devops-personal-access-token and its siblings: signatures inside the key
  contains(
    'azure/identifiable-key',
    'AZUREKEY',
    [
      'jqqj99',
      'azdo',
      'azfu',
      'azse',
      'azca',
      'azcs',
      '+ast',
      '+acdb',
      '+amc',
      '+abat',
      '+aiot',
      '+asb',
      '+aeh',
      '+arm',
      '+acr',
      'apim',
      'azam',
      'acog',
      'acdb',
    ],
    /[A-Za-z0-9+/]{29,80}(?:JQQJ9[9A-Z]|\+ASt|AzFu|AzSe|AzCa|AzCS|\+ACDb|\+AMC|\+ABat|\+AIoT|\+ASb|\+AEh|\+ARm|\+ACR|APIM|AzAM|AZDO|ACOG)[A-Za-z0-9+/]{4,50}/,
  ),
  announces(
    'azure/devops-token',
    'AZUREDEVOPS',
    ['devops', 'vsts', 'azure_pat', 'azurepat', 'visualstudio.com', 'vss_'],
    /[a-z2-7]{52}/,
  ),
  // https://learn.microsoft.com/en-us/rest/api/storageservices/create-service-sas
  announces('azure/sas', 'AZURESAS', ['&sig', '?sig', ';sig'], { body: /[A-Za-z0-9+/%]{43,70}={0,2}/, reach: 6 }),
  // https://learn.microsoft.com/en-us/azure/app-service/deploy-configure-credentials: the publish profile's password
  announces('azure/publish-password', 'AZUREPASSWORD', 'userpwd', { body: /[A-Za-z0-9]{60}/, reach: 4 }),
  // https://learn.microsoft.com/en-us/azure/ai-services/authentication
  announces(
    'azure/cognitive-key',
    'AZUREKEY',
    ['ocp-apim-subscription-key', 'cognitive', 'azure_openai', 'azureopenai', 'azure-openai'],
    /[0-9a-f]{32}/,
  ),
  begins('azure/function-url-code', 'AZUREKEY', ['?code=', '&code='], /[A-Za-z0-9/+_%-]{40,}={0,2}/),
];
