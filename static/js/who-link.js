// Opens “Who was that?” as a sheet; who-sheet.js is fetched when it is first asked for.
document.addEventListener("click", async (event) => {
  const link = event.target.closest('a[href*="/-/who/"]');
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  try {
    const { open } = await import(document.querySelector(".who-link").dataset.script);
    await open(link.href);
  } catch {
    location.assign(link.href);
  }
}, true);
