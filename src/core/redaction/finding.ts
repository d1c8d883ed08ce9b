/**
 * One secret or personal datum in a text, before it is replaced. Holds offsets only; the value never leaves the text.
 */
export interface Finding {
  /** UTF-16 offset of its first unit. */
  readonly start: number;
  /** UTF-16 offset after its last unit. */
  readonly end: number;
  /** Upper-case letters and digits only, such as `AWSKEY`, `PEM`, `CPF`: it becomes part of the placeholder. */
  readonly type: string;
  readonly kind: 'credential' | 'personal' | 'custom';
  /** Id of the rule, `family/name`, for counts and explanations. */
  readonly rule: string;
}

/** A finding after it was replaced, in offsets of the redacted text. */
export interface ReplacedFinding {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly kind: Finding['kind'];
  readonly rule: string;
}
