// Begins when all views are there.
(() => {
"use strict";
addEventListener("hashchange", live.open);
// The address says what is shown, and stays.
document.querySelector(".skip").addEventListener("click", event => { event.preventDefault(); page.byId("main").focus(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) live.tick(); });
page.makeTheme(() => live.open());
live.open();
})();
