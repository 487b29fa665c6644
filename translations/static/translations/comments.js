/* Comments are saved without leaving the page, so that nothing half written elsewhere on it is lost. */

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const thread = form.closest("[data-comments]");
  if (!thread) return;
  event.preventDefault();
  const button = event.submitter;
  if (button) button.disabled = true;
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Requested-With": "XMLHttpRequest" },
    });
    if (!response.ok && response.status !== 422) throw new Error(String(response.status));
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-comments]");
    if (!fresh) throw new Error("no thread");
    thread.replaceWith(fresh);
    fresh.querySelector(response.ok ? "summary" : "textarea").focus();
  } catch {
    form.submit(); // as without scripts: the answer says what is wrong
  }
});
