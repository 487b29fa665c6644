// The menus of the header open and close without this; it closes them on Escape, on a click elsewhere, on leaving.
const menus = document.querySelectorAll(".tool-menu");

function close(menu, giveFocus) {
  if (!menu.open) return;
  menu.open = false;
  if (giveFocus) menu.querySelector("summary").focus();
}

for (const menu of menus) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(menu, true);
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close(menu, false);
  });
}

document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) close(menu, false);
});
