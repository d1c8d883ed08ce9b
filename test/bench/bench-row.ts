/** One line of the table that `npm run bench` prints. Each test/bench/*.bench.ts exports `run(): Promise<BenchRow[]>`. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  /** Such as `ms`, `kB`, `MB/s`. */
  readonly unit: string;
  /** What it should be at most, in the same unit; undefined when it is only watched. */
  readonly goal?: number;
  readonly note?: string;
}
