import type { Decision, Refusal, Step } from './decision.ts';

/** One reason in a tree of reasons, ready to be shown. Holds no content of a document. */
export interface Reason {
  /** What it is about, short. */
  readonly label: string;
  /** What it says; empty when the children say it. */
  readonly detail: string;
  readonly children: readonly Reason[];
}

/** Documents that stood in a prompt, with the steps that gave each its class. */
export interface ExplainedSource {
  readonly path: string;
  readonly class: string;
  readonly steps: readonly Step[];
}

/** "Why did this go there?" as a tree: files and their classes, the routes, the models allowed and passed over. */
export function explain(outcome: Decision | Refusal, sources: readonly ExplainedSource[] = []): readonly Reason[] {
  const files = sources.map((source) => ({
    label: source.path === '' ? 'what was typed' : source.path,
    detail: source.class,
    children: source.steps.map(reasonOf),
  }));
  return outcome.kind === 'refusal' ? [...files, ...explainRefusal(outcome)] : [...files, ...explainDecision(outcome)];
}

/** The same tree as lines of text, two spaces a level. */
export function explanationText(reasons: readonly Reason[], depth = 0): string {
  return reasons
    .map(({ label, detail, children }) => {
      const line = `${'  '.repeat(depth)}${label}${detail === '' ? '' : `: ${detail}`}\n`;
      return line + explanationText(children, depth + 1);
    })
    .join('');
}

function explainRefusal(refusal: Refusal): readonly Reason[] {
  return [{ label: 'Not sent', detail: refusal.reason, children: refusal.steps.map(reasonOf) }];
}

function explainDecision(decision: Decision): readonly Reason[] {
  const allowed = decision.models.map(({ id, endpointId, endpoint }, index) => ({
    label: `${index + 1}. ${id}`,
    detail: [endpointId, endpoint.boundary, 'region' in endpoint ? endpoint.region : undefined]
      .filter(Boolean)
      .join(' · '),
    children: [],
  }));
  const passedOver = decision.passedOver.map(({ model, reason }) => ({ label: model, detail: reason, children: [] }));
  return [
    { label: 'Class', detail: decision.class, children: [] },
    { label: 'Route', detail: `${decision.task} with ${decision.class} code`, children: decision.steps.map(reasonOf) },
    { label: 'May answer, in this order', detail: '', children: allowed },
    ...(passedOver.length > 0 ? [{ label: 'Passed over', detail: '', children: passedOver }] : []),
    { label: 'Policy', detail: `SHA-256 ${decision.policyHash}`, children: [] },
  ];
}

const reasonOf = ({ rule, says }: Step): Reason => ({ label: rule, detail: says, children: [] });
