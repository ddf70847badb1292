// Begins when all views are there.
(() => {
"use strict";
// The token is in a cookie now, and neither in the address nor in what the browser remembers of it.
if (location.search) history.replaceState(null, "", location.pathname + location.hash);
addEventListener("hashchange", live.open);
// The address says what is shown, and stays.
document.querySelector(".skip").addEventListener("click", event => { event.preventDefault(); page.byId("main").focus(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) live.tick(); });
page.makeTheme(() => live.open());
live.open();
})();
