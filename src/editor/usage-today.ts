import type { Outcome } from '../core/gate/ask.ts';

/** Tokens and money of this window since midnight, for display. Budgets that refuse are counted elsewhere. */
export interface UsageToday {
  add(outcome: Outcome): void;
  read(): { readonly tokens: number; readonly money: ReadonlyMap<string, number>; readonly lastMs: number | undefined };
}

export function createUsageToday(now: () => number): UsageToday {
  let day = '';
  let tokens = 0;
  let money = new Map<string, number>();
  let lastMs: number | undefined;
  const turn = () => {
    const today = new Date(now()).toDateString();
    if (today === day) return;
    day = today;
    tokens = 0;
    money = new Map();
  };
  return {
    add({ request, usage, startedAt, endedAt }) {
      turn();
      if (!request) return;
      lastMs = endedAt - startedAt;
      if (!usage) return;
      tokens += usage.inputTokens + usage.outputTokens;
      const price = request.allowed.model.price;
      if (!price) return;
      const cached = usage.cachedTokens ?? 0;
      const cost =
        ((usage.inputTokens - cached) * price.inputPerMillion +
          cached * (price.cachedInputPerMillion ?? price.inputPerMillion) +
          usage.outputTokens * price.outputPerMillion) /
        1e6;
      money.set(price.currency, (money.get(price.currency) ?? 0) + cost);
    },
    read() {
      turn();
      return { tokens, money, lastMs };
    },
  };
}
