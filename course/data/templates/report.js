"use strict";
const table = document.querySelector("table.students");
const body = table.tBodies[0];
document.querySelector("#find").addEventListener("input", (event) => {
  const wanted = event.target.value.normalize("NFKC").toLowerCase();
  for (const row of body.rows) {
    row.hidden = !row.cells[0].textContent.normalize("NFKC").toLowerCase().includes(wanted);
  }
});
table.querySelectorAll("th button").forEach((button) => {
  button.addEventListener("click", () => {
    const head = button.parentElement;
    const up = head.getAttribute("aria-sort") === "descending";
    table.querySelectorAll("th[aria-sort]").forEach((one) => one.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const at = head.cellIndex;
    const key = (row) => row.cells[at].dataset.value;
    const order = (one, two) => (at ? key(one) - key(two) : one.cells[0].textContent.localeCompare(two.cells[0].textContent));
    const rows = [...body.rows].sort((one, two) => (up ? order(one, two) : order(two, one)));
    body.append(...rows);
  });
});
