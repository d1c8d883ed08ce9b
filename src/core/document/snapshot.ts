/**
 * A document as it was at one moment. Immutable; a change makes a new snapshot with a higher version.
 * All offsets into `text` anywhere in Postern are UTF-16 code units.
 */
export interface Snapshot {
  /** Identity of the document, as the editor writes it. Never sent anywhere. */
  readonly uri: string;
  /** Path inside its workspace folder, `/` between segments; the bare name for a document outside every folder. */
  readonly path: string;
  /** URI of the workspace folder that holds it; undefined for untitled and outside documents. */
  readonly folder: string | undefined;
  /** VS Code's language id, such as `typescriptreact`. */
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
}

/** A half-open range of UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
