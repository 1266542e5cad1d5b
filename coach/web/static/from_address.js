// What comes in the page's address behind the #: no server is ever sent that part, and it is taken out at once.
// It is a note, as `#note=…`, or a deal of the CRM, as `#crm=…&record=…`.

const PREFIX = "#note=";

/** The note that came in the address, or nothing; the address is without it from here on. */
export function noteFromAddress() {
  if (!location.hash.startsWith(PREFIX)) return null;
  const written = location.hash.slice(PREFIX.length);
  takeOut();
  try {
    return decodeURIComponent(written).trim() || null;
  } catch {
    return null; // Somebody cut it in the middle of a character.
  }
}

/** The address behind a form's own that names a deal; `deal` has `crm`, `record`, `name` and `close_date`. */
export function addressOf({ crm, record, name, close_date: closes }) {
  return `#${new URLSearchParams({ crm, record, ...(name && { name }), ...(closes && { close_date: closes }) })}`;
}

/** The deal that came in the address, as `addressOf` has it there, or nothing; the address is without it from here on. */
export function dealFromAddress() {
  const given = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  if (!given.crm || !given.record) return null;
  takeOut();
  return given;
}

/** In place of the entry that has it: going back does not bring it back. */
function takeOut() {
  history.replaceState(history.state, "", location.pathname + location.search);
}
