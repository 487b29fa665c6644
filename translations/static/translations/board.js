// Choosing many rows at once, and how many are chosen. Without this the boxes work one by one.
const form = document.querySelector(".board-form");
const all = form?.querySelector("[data-board-all]");
const count = form?.querySelector("[data-board-count]");

function boxes() {
  return [...form.querySelectorAll('input[name="row"]')];
}

function show() {
  const rows = boxes();
  const chosen = rows.filter((box) => box.checked).length;
  all.checked = chosen > 0 && chosen === rows.length;
  all.indeterminate = chosen > 0 && chosen < rows.length;
  count.textContent = chosen ? `${chosen} ${count.dataset.text}` : "";
}

if (all) {
  all.closest("[hidden]").hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes()) {
      box.checked = all.checked;
    }
    show();
  });
  form.addEventListener("change", (event) => event.target.name === "row" && show());
  show();
}
