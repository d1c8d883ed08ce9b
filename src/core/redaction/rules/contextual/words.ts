/** Words of names, in the languages in which developers of our customers write: what says secret, and what says no. */

const list = (words: string): readonly string[] => words.split(' ');

/** How much the last word of a name says that its value is a secret. */
export const NAME_WEIGHT: ReadonlyMap<string, number> = new Map([
  ...list(
    'password passwords passwd passwort passphrase passcode passwrd passw pword pswd psw pwd pw pass userpass userpwd mypassword dbpassword dbpass dbpwd rootpw adminpw bindpw secret secrets clientsecret appsecret consumersecret ' +
      'credential credentials cred creds senha senhas segredo contraseña contrasena clave contrasenya motdepasse passe mdp kennwort geheimnis wachtwoord hasło haslo heslo parola lösenord salasana ' +
      'пароль пароля паролі парол құпиясөз секрет секретный jelszó şifre sifre passkey unlockcode storepass keypass storepassword keypassword requirepass masterauth sharedsecret',
  ).map((word) => [word, 3] as const),
  ...list(
    'token tokens accesstoken authtoken refreshtoken bearer apikey apitoken appkey secretkey privatekey accesskey authkey signingkey encryptionkey masterkey sharedkey accountkey licensekey subscriptionkey auth authorization authentication otp totp ' +
      'hotp mfa webhooksecret pat jwt токен токена ключ chave llave seed mnemonic psk wpapsk',
  ).map((word) => [word, 2] as const),
  ...list(
    'session sessionid sessid sid cookie signature sig csrf xsrf csrftoken pepper assertion ticket pin cvv cvc iv hmac',
  ).map((word) => [word, 1.5] as const),
  ...list('key keys code hash digest сөз').map((word) => [word, 0.5] as const),
]);

/** Words before `key` (and `code`, `id`…) that make it a credential. */
export const KEY_QUALIFIERS: ReadonlySet<string> = new Set(
  list(
    'api access secret private auth account master encryption encrypt decryption crypto cipher signing signature sign app application client consumer shared service server storage license licence subscription admin root ssh ssl tls pgp gpg rsa aes des hmac jwt ' +
      'deploy deployment webhook merchant integration developer dev live prod production sandbox test write ingest ingestion instrumentation function host send sending rest user personal bot security security secure session cookie registration activation unlock vault transit ' +
      'stripe aws azure google github gitlab slack twilio sendgrid mailgun datadog openai anthropic huggingface algolia maps mapbox firebase pusher sentry rollbar okta cloudflare fastly shopify paypal braintree plaid discord telegram facebook twitter sauce browserstack' +
      ' құпия wireguard preshared pre symmetric data wrapping kek dek',
  ),
);

/** Last words that say the value is something about a secret, or names a thing of another kind. */
export const VETO_LAST: ReadonlySet<string> = new Set(
  list(
    'id ids uid guid name names url urls uri uris endpoint endpoints path paths file files filename filepath dir directory folder hash hashes hashed length len size count min max limit limits expires expiry expiration expire expired ttl timeout age lifetime duration ' +
      'interval delay date time timestamp at field fields column columns col label labels title text message messages msg error errors err exception description desc hint hints help tooltip placeholder type types kind class format pattern regex regexp rule rules policy policies validator validation ' +
      'valid invalid required enabled disabled enable disable allowed visible hidden show shown toggle reset forgot forgotten change changed update updated confirm confirmed confirmation confirmed request requests response responses form page view screen dialog modal button input link route controller service ' +
      'provider providers manager handler helper factory builder store storage repository module component config configuration settings options option params parameters param props state status event events action actions reducer selector index idx position offset range start end prefix suffix separator delimiter ' +
      'encoder decoder parser reader writer generator strategy strength level score check checker checks test tests spec mode method methods function func fn callback listener algorithm alg algo cipher encoding charset version versions scope scopes audience issuer aud iss role roles permission permissions group groups ' +
      'owner user users username login email mail host hosts hostname domain port server ip address addr region zone env environment key_id arn source sources target bucket table database db schema query sql model entity resource resources template templates image icon style css width height color ' +
      'count number num total usage used unused available missing exists found supported changeable prompt prompts policy history rotation rotate manager generator verified verifier match matches matcher equal equals compare comparison ref refs reference references location provider fingerprint thumbprint checksum md5 sha1 sha256 sum uuid ' +
      'map list array set dict object node tree item items entry entries iterator stream buffer pool cache queue budget cost price rate per bytes bits chars characters words tokenizer tokenize tokenized kinds lexer syntax grammar binding bindings press down up code codes comma event board stroke frame frames pair pairs value_from from by of to ' +
      'pub public usage label spec validity validate validates prefix only hint reminder manager issue issued granted grants grant flow flows response_type hasher',
  ),
);

/** Last words that say nothing: the word before them decides. */
export const NEUTRAL_LAST: ReadonlySet<string> = new Set(
  list(
    'value values val vals string str plain plaintext raw b64 base64 hex env var default prod production dev development test testing staging stage qa live sandbox current old new previous next temp tmp primary secondary main backup first second local remote base data root admin arg attr const literal ' +
      'acesso api banco usuario cliente privada secreta app do da de del of for the is in atual nova antiga read write rw ro a b c x y internal external global cfg conf int enc encrypted clear override custom string1 own real',
  ),
);

/** Keywords that lead to a name; each is the tail, head or middle of words above. */
export const CONTEXT_KEYWORDS: readonly string[] = [
  ...list(
    'passw passp passc pass pwd psw pswd passkey secret token credential creds cred key auth bearer session sessid cookie signature jwt otp csrf xsrf pepper mnemonic seed psk wpapsk sid sig pat pin cvv hmac assertion ticket',
  ),
  ...list(
    'senha segredo contrase clave motdepasse mdp kennwort geheim wachtwoord hasło haslo heslo parola lösenord salasana пароль пароля парол құпиясөз сөз секрет токен ключ chave llave jelszó şifre sifre pword bindpw rootpw adminpw',
  ),
  'pw',
  ' iv',
  '_iv',
  '"iv',
  "'iv",
];
