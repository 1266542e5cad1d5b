// A note that comes in the page's address, behind `#note=`: no server is ever sent that part, and it is taken out at once.

const PREFIX = "#note=";

/** The note that came in the address, or nothing; the address is without it from here on. */
export function noteFromAddress() {
  if (!location.hash.startsWith(PREFIX)) return null;
  const written = location.hash.slice(PREFIX.length);
  // In place of the entry that has it: going back does not bring it back.
  history.replaceState(history.state, "", location.pathname + location.search);
  try {
    return decodeURIComponent(written).trim() || null;
  } catch {
    return null; // Somebody cut it in the middle of a character.
  }
}
