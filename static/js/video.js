// A click on the still picture puts the provider's player in its place. Without this, the link leads to the provider.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".video-start");
  const video = link?.closest("[data-video]");
  if (!video?.dataset.video || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const player = document.createElement("iframe");
  const address = new URL(video.dataset.video);
  address.searchParams.set("autoplay", "1");
  player.src = address.href;
  player.title = video.dataset.title;
  player.allow = "autoplay; fullscreen; picture-in-picture";
  player.referrerPolicy = "strict-origin-when-cross-origin";
  link.replaceWith(player);
  player.focus();
});
