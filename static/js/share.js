// Without this there are links and a field to copy from; with it a button that copies, and the system's own way to share.
for (const button of document.querySelectorAll("[data-share]")) {
  const data = { url: button.dataset.share, title: button.dataset.shareTitle, text: button.dataset.shareText };
  if (!navigator.canShare?.(data)) continue;
  button.closest("[hidden]").hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.share(data);
    } catch (error) {
      if (error.name !== "AbortError") button.closest("li").hidden = true;
    }
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const label = button.querySelector("span");
  const before = label.textContent;
  label.setAttribute("aria-live", "polite");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    source.select();
    try {
      await navigator.clipboard.writeText(source.value);
    } catch {
      return; // the text stands selected
    }
    label.textContent = button.dataset.copied;
    setTimeout(() => (label.textContent = before), 4000);
  });
}
