// Begins when all views are there.
(() => {
"use strict";
addEventListener("hashchange", live.open);
document.addEventListener("visibilitychange", () => { if (!document.hidden) live.tick(); });
page.makeTheme(() => live.open());
live.open();
})();
