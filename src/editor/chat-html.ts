/** What the page of the chat view is made of. Addresses come from `webview.asWebviewUri`. */
export interface ChatPage {
  /** `webview.cspSource`. */
  readonly source: string;
  /** Fresh for each page. */
  readonly nonce: string;
  readonly script: string;
  readonly styles: readonly string[];
  /** Language of the interface, such as `en`. */
  readonly language: string;
}

/** Style sheets in media/, in the order in which they count. */
export const CHAT_STYLES = ['chat.css', 'chat-answer.css', 'chat-composer.css'] as const;

/**
 * The page of the chat view. Its policy lets it load its own script, styles and icon font and nothing else: no picture,
 * no connection, no frame, no form, no base address; and no text can ever be turned into markup (Trusted Types).
 */
export function chatHtml(page: ChatPage): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${page.nonce}'`,
    `style-src ${page.source}`,
    `font-src ${page.source}`,
    "img-src 'none'",
    "connect-src 'none'",
    "frame-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${attribute(page.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
${page.styles.map((style) => `<link rel="stylesheet" href="${attribute(style)}">`).join('\n')}
<title>Postern</title>
</head>
<body>
<script nonce="${attribute(page.nonce)}" src="${attribute(page.script)}"></script>
</body>
</html>`;
}

const attribute = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
