import type { Alarm } from '../../src/node/guarded-stream.ts';
import type { RecordingServer } from '../servers/recording-server.ts';

/** Deadlines for tests that must not depend on how fast the machine is: names for the two, not durations. */
export const FIRST_TOKEN = 1_000_001;
export const STALL = 1_000_002;

export interface TestAlarm {
  readonly alarm: Alarm;
  /** How many are set and neither rang nor were called off. */
  readonly pending: () => number;
}

/** An alarm where only the deadline `which` ever passes, and that soon after the server got the request. */
export function passing(which: number | undefined, server: RecordingServer): TestAlarm {
  const set = new Set<object>();
  return {
    pending: () => set.size,
    alarm: (ms, ring) => {
      const mark = {};
      set.add(mark);
      if (ms === which) {
        void server.request(0).then(() =>
          setTimeout(() => {
            if (set.delete(mark)) ring();
          }, 30),
        );
      }
      return () => set.delete(mark);
    },
  };
}
