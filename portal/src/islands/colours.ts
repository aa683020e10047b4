/** The design's colours, as the style sheet has them now: light or dark. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** How a station stands; the order is that of the legend. */
export const LEVELS = ["empty", "few", "ok", "full", "unknown"] as const;
export type Level = (typeof LEVELS)[number];

const FEW_BIKES = 2;

/** The same rule as the server's: -1 or less is "no reading that holds". */
export function level(bikes: number, free: number): Level {
  if (bikes < 0) return "unknown";
  if (bikes === 0) return "empty";
  if (free === 0) return "full";
  return bikes <= FEW_BIKES ? "few" : "ok";
}

/** Calls back when the visitor's system turns light or dark. */
export function onScheme(changed: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
}
