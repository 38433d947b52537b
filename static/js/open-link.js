// Opens over the text what a link leads to (“Who was that?”, the search box); the script that does it is fetched when it is
// first asked for. `/` asks for the search, unless the look says that letters do nothing.
async function open(event, link) {
  const isHeld = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key !== "/");
  if (!link || isHeld || event.defaultPrevented) return;
  event.preventDefault();
  try {
    await (await import(link.dataset.script)).open(link);
  } catch {
    location.assign(link.href);
  }
}
document.addEventListener("click", (event) => open(event, event.target.closest("[data-script]")), true);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, textarea, select, [data-keys]")) open(event, document.querySelector(".search-link"));
}, true);
