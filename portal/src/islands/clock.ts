const zone = document.documentElement.dataset.zone ?? "UTC";
const offsets = new Map<number, number>();

/** A moment as the city's clocks show it, in milliseconds for an axis that counts in UTC. */
export function cityTime(second: number): number {
  const quarter = Math.floor(second / 900);
  let offset = offsets.get(quarter);
  if (offset === undefined) {
    const at = quarter * 900_000;
    // Swedish writes dates as ISO 8601 does.
    const shown = new Date(at).toLocaleString("sv-SE", { timeZone: zone });
    offset = Date.parse(`${shown.replace(" ", "T")}Z`) - at;
    offsets.set(quarter, offset);
  }
  return second * 1000 + offset;
}
