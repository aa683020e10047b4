/** All stations as the server lists them, side by side. */
export interface Stations {
  version: string;
  at: string;
  ids: string[];
  names: string[];
  districts: string[];
  places: number[];
  total: number[];
  bikes: number[];
  free: number[];
  seen: number[];
}

export const STEPS = 96;
const NOTHING = 255;

export async function stations(): Promise<Stations> {
  const answer = await fetch("/portal/data/stations");
  if (!answer.ok) throw new Error(`stations: ${answer.status}`);
  return (await answer.json()) as Stations;
}

/** A day of all stations in quarters of an hour; see the server's `Day`. */
export class Day {
  constructor(
    private readonly bytes: Uint8Array,
    private readonly count: number,
  ) {}

  bikes(place: number, step: number): number {
    return this.at(place * STEPS + step);
  }

  free(place: number, step: number): number {
    return this.at((this.count + place) * STEPS + step);
  }

  private at(index: number): number {
    const value = this.bytes[index] ?? NOTHING;
    return value === NOTHING ? -1 : value;
  }
}

/** Days, fetched once each; the last is still growing and is fetched anew after a while. */
export class Days {
  private readonly known = new Map<string, { day: Promise<Day>; until: number }>();

  constructor(
    readonly list: string[],
    private readonly count: () => number,
  ) {}

  get(day: string): Promise<Day> {
    const now = performance.now();
    const kept = this.known.get(day);
    if (kept && now < kept.until) return kept.day;
    const grows = day === this.list.at(-1);
    const fetched = this.fetch(day);
    this.known.set(day, { day: fetched, until: grows ? now + 20_000 : Infinity });
    fetched.catch(() => this.known.delete(day));
    return fetched;
  }

  private async fetch(day: string): Promise<Day> {
    const answer = await fetch(`/portal/data/days/${day}`);
    if (!answer.ok) throw new Error(`day ${day}: ${answer.status}`);
    return new Day(new Uint8Array(await answer.arrayBuffer()), this.count());
  }
}
