// Moves the bar of work that is being done in the background; when it has finished, its report is shown.
const bar = document.querySelector("progress[data-address]");

async function look() {
  try {
    const answer = await fetch(bar.dataset.address, { headers: { Accept: "application/json" } });
    if (answer.ok && !answer.redirected) {
      const { at_work: atWork, done, total } = await answer.json();
      if (!atWork) {
        window.location.reload();
        return;
      }
      bar.max = total;
      bar.value = Math.min(done, total);
      bar.textContent = `${done} / ${total}`;
      document.getElementById(bar.getAttribute("aria-describedby")).textContent = bar.textContent;
    }
  } catch {
    // The next look may be luckier.
  }
  setTimeout(look, 2000);
}

if (bar) {
  setTimeout(look, 1000);
}
