// A list of rows in a form that grows and shrinks: deal notes, figures.

/**
 * Keep rows in `list`. `make(value)` builds one, `number(row, number)` names its parts, `first(row)` is its first
 * control, and `addButton` is where the focus goes when the last row is gone. There is always at least one row.
 */
export function keepRows({ list, addButton, make, number, first }) {
  const renumber = () => [...list.children].forEach((row, at) => number(row, at + 1));
  const append = (value) => {
    const row = make(value, () => remove(row));
    list.append(row);
    renumber();
    return row;
  };
  const remove = (row) => {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    if (!next) append();
    renumber();
    (next ? first(next) : addButton).focus();
  };
  addButton.addEventListener("click", () => first(append()).focus());
  return {
    rows: () => [...list.children],
    append,
    set: (values) => {
      list.replaceChildren();
      for (const value of values.length ? values : [undefined]) append(value);
    },
  };
}
